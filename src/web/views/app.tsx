import { useSandbox } from '../state/store';
import { useWords, wordsIn, WordsContext } from '../words/translate';
import { Advice } from './advice';
import { Banner } from './banner';
import { FormsPanel } from './forms-panel';
import { Inspector } from './inspector';
import { MedicationPanel } from './medication-panel';
import { OrderPanel } from './order-panel';
import { PatientList } from './patient-list';
import { ProblemList } from './problem-list';
import { QuestionnairePanel } from './questionnaire-panel';
import { Steps } from './steps';
import { TimelinePanel } from './timeline-panel';
import { TopBar } from './top-bar';
import { WhatIf } from './what-if';

export function App() {
  const { state } = useSandbox();
  return (
    <WordsContext.Provider value={wordsIn(state.language)}>
      <Page />
    </WordsContext.Provider>
  );
}

function Page() {
  const { state } = useSandbox();
  const { t } = useWords();
  return (
    <>
      <a class="skip" href="#advice">
        {t('skip')}
      </a>
      <TopBar />
      <div class="layout">
        <PatientList />
        <main>
          <Steps />
          {state.fault === 'loading' && (
            <p class="fault" role="alert">
              {t('fault.loading')}
            </p>
          )}
          {state.chart !== undefined && (
            <>
              <Banner />
              <div class="desk">
                <div class="column chart">
                  <TimelinePanel />
                  <WhatIf />
                  <QuestionnairePanel />
                  <div class="pair">
                    <ProblemList />
                    <MedicationPanel />
                  </div>
                  <FormsPanel />
                </div>
                <div class="column work">
                  <OrderPanel />
                  <Advice />
                </div>
              </div>
              <Inspector />
            </>
          )}
        </main>
      </div>
    </>
  );
}
