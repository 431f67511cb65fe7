import { ofType } from '../api/resource';
import { ADDED_PSYCHOLOGY_SESSIONS, type Facts } from '../chart/facts';
import { isForm, questionnaireName } from '../chart/questionnaire-name';
import { isDay } from '../chart/days';
import { titleOf } from '../chart/questionnaire-texts';
import { assessmentShown } from '../state/shown';
import { changeFacts, startOver } from '../state/change';
import { useSandbox } from '../state/store';
import { useWords } from '../words/translate';
import { Chip } from './chip';
import { Icon } from './icons';
import { Section } from './section';

const PSYCHOLOGY = ['as-recorded', 'recorded', 'not-recorded', 'not-had'] as const;

/** Facts that a visitor may change, and the outcome beside them: what follows is seen at once. */
export function WhatIf() {
  const { store, state } = useSandbox();
  const { t } = useWords();
  const { facts, chart, turningDays } = state;
  const change = (facts: Partial<Facts>) => void changeFacts(store, facts);
  const outcome = assessmentShown(state)?.outcome;
  return (
    <Section
      id="what-if"
      title={t('what-if')}
      class="what-if"
      aside={
        <button type="button" class="link-button" onClick={() => void startOver(store)}>
          {t('start-over')}
        </button>
      }
    >
      <p class="quiet">{t('what-if-hint')}</p>
      <div class="controls">
        <div class="control">
          <span class="label" id="physio-label">
            {t('discipline.physiotherapy')}
          </span>
          <span class="stepper">
            <button type="button" onClick={() => change({ extraPhysiotherapy: facts.extraPhysiotherapy + 3 })}>
              <Icon name="plus" />
              {t('add-three')}
            </button>
            <output aria-labelledby="physio-label">
              {facts.extraPhysiotherapy === 0 ? '' : t('added', { number: facts.extraPhysiotherapy })}
            </output>
          </span>
        </div>
        <div class="control">
          <label for="psychology">{t('discipline.psychology')}</label>
          <select
            id="psychology"
            value={facts.psychology}
            onChange={(event) => change({ psychology: event.currentTarget.value as Facts['psychology'] })}
          >
            {PSYCHOLOGY.map((choice) => (
              <option key={choice} value={choice}>
                {t(`psychology.${choice}`, { number: ADDED_PSYCHOLOGY_SESSIONS })}
              </option>
            ))}
          </select>
        </div>
        <DayControl id="today" name={t('today')} day={facts.today} onChange={(today) => change({ today })}>
          {turningDays.map((day) => (
            <TurningDay key={day} day={day} current={facts.today} onChoose={() => change({ today: day })} />
          ))}
        </DayControl>
        {ofType(chart?.record ?? [], 'ServiceRequest').length > 0 && (
          <DayControl
            id="referred-on"
            name={t('referred-on')}
            day={facts.referredOn ?? ofType(chart?.record ?? [], 'ServiceRequest')[0]?.authoredOn?.slice(0, 10) ?? ''}
            onChange={(referredOn) => change({ referredOn })}
          />
        )}
        <QuestionnaireSwitches />
        <label class="switch">
          <input
            type="checkbox"
            checked={facts.treatmentsUnavailable}
            onChange={(event) => change({ treatmentsUnavailable: event.currentTarget.checked })}
          />
          {t('treatments-fail')}
        </label>
      </div>
      {outcome !== undefined && (
        <p class="verdict">
          {t('outcome-now')} <Chip of={outcome} />
        </p>
      )}
    </Section>
  );
}

function QuestionnaireSwitches() {
  const { store, state } = useSandbox();
  const { t, language } = useWords();
  const { removedQuestionnaires } = state.facts;
  const names = ofType(state.chart?.record ?? [], 'QuestionnaireResponse')
    .filter(({ questionnaire }) => !isForm(questionnaire))
    .map(({ questionnaire }) => questionnaireName(questionnaire));
  if (names.length === 0) return null;
  const toggle = (name: string, present: boolean) =>
    void changeFacts(store, {
      removedQuestionnaires: present
        ? removedQuestionnaires.filter((other) => other !== name)
        : [...removedQuestionnaires, name],
    });
  return (
    <fieldset class="switches">
      <legend>{t('questionnaires-present')}</legend>
      {names.map((name) => (
        <label key={name} class="switch">
          <input
            type="checkbox"
            name={name}
            checked={!removedQuestionnaires.includes(name)}
            onChange={(event) => toggle(name, event.currentTarget.checked)}
          />
          {titleOf(state.questionnaires, name, language)}
        </label>
      ))}
    </fieldset>
  );
}

interface DayControlProps {
  readonly id: string;
  readonly name: string;
  readonly day: string;
  readonly onChange: (day: string) => void;
  readonly children?: preact.ComponentChildren;
}

function DayControl({ id, name, day, onChange, children }: DayControlProps) {
  return (
    <div class="control">
      <label for={id}>{name}</label>
      <span class="stepper">
        <input
          id={id}
          type="date"
          value={day}
          onChange={(event) => {
            if (isDay(event.currentTarget.value)) onChange(event.currentTarget.value);
          }}
        />
        {children}
      </span>
    </div>
  );
}

function TurningDay({
  day,
  current,
  onChoose,
}: {
  readonly day: string;
  readonly current: string;
  readonly onChoose: () => void;
}) {
  const words = useWords();
  return (
    <button type="button" aria-pressed={current === day} onClick={onChoose}>
      {words.day(day)}
    </button>
  );
}
