import type { Score } from '../api/cds-types';
import { ofType } from '../api/resource';
import { isForm } from '../chart/questionnaire-name';
import { titleOf } from '../chart/questionnaire-texts';
import { currentRecord } from '../state/ask';
import { assessmentShown } from '../state/shown';
import { useSandbox } from '../state/store';
import { useWords } from '../words/translate';
import { Section } from './section';

/**
 * Which questionnaires are in the chart, and the scores that the service read from them. A score that only says whether a
 * questionnaire is there has no place on a scale.
 */
export function QuestionnairePanel() {
  const { state } = useSandbox();
  const { t, day, language } = useWords();
  const responses = ofType(currentRecord(state), 'QuestionnaireResponse').filter(
    ({ questionnaire }) => !isForm(questionnaire),
  );
  const scores = (assessmentShown(state)?.scores ?? []).filter(({ max, min }) => max - min > 1);
  return (
    <Section id="questionnaires" title={t('questionnaires')}>
      <ul class="tags" aria-label={t('questionnaires-present')}>
        {responses.map((response) => (
          <li key={response.id}>
            {titleOf(state.questionnaires, response.questionnaire, language)}
            {response.authored !== undefined && <span class="quiet"> {day(response.authored)}</span>}
          </li>
        ))}
      </ul>
      {responses.length === 0 && <p class="quiet">{t('no-questionnaires')}</p>}
      {scores.length > 0 && (
        <table class="scores">
          <caption class="hidden">{t('scores')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('score')}</th>
              <th scope="col" class="number">
                {t('value')}
              </th>
              <th scope="col">{t('range')}</th>
              <th scope="col">{t('date')}</th>
            </tr>
          </thead>
          <tbody>
            {scores.map((score) => (
              <ScoreRow key={`${score.instrument}-${score.date ?? ''}`} score={score} />
            ))}
          </tbody>
        </table>
      )}
    </Section>
  );
}

const BAR_WIDTH = 120;

function ScoreRow({ score }: { readonly score: Score }) {
  const { state } = useSandbox();
  const { day, number, language, t } = useWords();
  const { instrument, value, min, max, date } = score;
  const at = Math.max(0, Math.min(1, (value - min) / (max - min))) * BAR_WIDTH;
  return (
    <tr>
      <th scope="row">{state.criterionWords.scores[instrument]?.[language] ?? instrument}</th>
      <td class="number">{number(value)}</td>
      <td class="range">
        <svg viewBox={`0 0 ${BAR_WIDTH} 12`} width={BAR_WIDTH} height="12" aria-hidden="true">
          <rect y="4" width={BAR_WIDTH} height="4" rx="2" class="bar-rest" />
          <rect y="4" width={at} height="4" rx="2" class="bar-value" />
          <circle cx={Math.max(5, Math.min(BAR_WIDTH - 5, at))} cy="6" r="5" class="bar-dot" />
        </svg>
        <span class="quiet">{t('from-to', { from: number(min), to: number(max) })}</span>
      </td>
      <td>{date === undefined ? t('not-recorded') : day(date)}</td>
    </tr>
  );
}
