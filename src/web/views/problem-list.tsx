import type { CodeableConcept } from 'fhir/r4';
import { ofType } from '../api/resource';
import { currentRecord } from '../state/ask';
import { useSandbox } from '../state/store';
import { useWords } from '../words/translate';
import { Section } from './section';

export function conceptText(concept: CodeableConcept | undefined): string | undefined {
  return concept?.text ?? concept?.coding?.find(({ display }) => display !== undefined)?.display;
}

export function ProblemList() {
  const { state } = useSandbox();
  const { t, day } = useWords();
  const problems = ofType(currentRecord(state), 'Condition');
  return (
    <Section id="problems" title={t('problems')}>
      <ul class="lines">
        {problems.map((problem) => (
          <li key={problem.id}>
            <strong>{conceptText(problem.code) ?? t('not-recorded')}</strong>
            <span class="quiet">
              {problem.onsetDateTime === undefined
                ? t('onset-unknown')
                : t('since', { day: day(problem.onsetDateTime) })}
              {problem.code?.coding?.[0]?.code === undefined ? '' : ` · ${problem.code.coding[0].code}`}
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
