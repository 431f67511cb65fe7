import { ofType } from '../api/resource';
import { addDays, dayNumber } from '../chart/days';
import { type Lane, lanesIn } from '../chart/sessions';
import { currentRecord } from '../state/ask';
import { assessmentShown } from '../state/shown';
import { useSandbox } from '../state/store';
import { useWords, type Words } from '../words/translate';
import { Section } from './section';
import { Timeline } from './timeline';
import { TimelineLegend } from './timeline-legend';

/** Treatments in the first line against the window that counts. */
export function TimelinePanel() {
  const { state } = useSandbox();
  const { t, day } = useWords();
  const record = currentRecord(state);
  const lanes = lanesIn(record);
  const assessment = assessmentShown(state);
  const referredOn = assessment?.referredOn ?? ofType(record, 'ServiceRequest')[0]?.authoredOn;
  const windowStart = assessment?.criteria
    ?.map(({ figures }) => figures?.['windowStart'])
    .find((value) => typeof value === 'string');
  const first = [
    ...lanes.flatMap(({ sessions }) => sessions.map(({ from }) => from)),
    windowStart ?? state.facts.today,
  ].sort()[0];
  return (
    <Section
      id="treatments"
      title={t('treatments')}
      aside={state.facts.treatmentsUnavailable && <span class="chip is-unknown">{t('treatments-unavailable')}</span>}
    >
      {lanes.length === 0 ? (
        <p class="quiet">{t('no-treatments')}</p>
      ) : (
        <>
          <Timeline
            lanes={lanes}
            from={addDays(first ?? state.facts.today, -45)}
            to={addDays(state.facts.today, 30)}
            today={state.facts.today}
            windowStart={windowStart}
            referredOn={referredOn}
          />
          <TimelineLegend lanes={lanes} />
          <ul class="lines">
            {lanes.map((lane, index) => (
              <li key={`${lane.discipline}-${lane.source}-${index}`}>
                <strong>{t(`discipline.${lane.discipline}`)}</strong>
                <span class="quiet">{laneText(lane, t, day)}</span>
              </li>
            ))}
          </ul>
        </>
      )}
    </Section>
  );
}

function laneText({ source, sessions, statedNumber }: Lane, t: Words['t'], day: Words['day']): string {
  const first = sessions[0];
  const last = sessions.at(-1);
  if (source === 'form') {
    const number = statedNumber === undefined ? t('number-unknown') : t('sessions', { number: statedNumber });
    const when = first === undefined ? t('dates-unknown') : t('from-to', { from: day(first.from), to: day(first.to) });
    return `${t('from-form')}: ${number}, ${when}`;
  }
  if (first === undefined || last === undefined) return '';
  const weeks = Math.floor((dayNumber(last.to) - dayNumber(first.from)) / 7);
  const added = sessions.filter((session) => session.added).length;
  return [
    t('sessions', { number: sessions.length }),
    t('from-to', { from: day(first.from), to: day(last.to) }),
    t('weeks', { number: weeks }),
    ...(added === 0 ? [] : [t('of-which-added', { number: added })]),
  ].join(' · ');
}
