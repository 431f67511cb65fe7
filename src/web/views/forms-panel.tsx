import type { Questionnaire, QuestionnaireResponseItem, QuestionnaireResponseItemAnswer } from 'fhir/r4';
import { ofType } from '../api/resource';
import { isForm } from '../chart/questionnaire-name';
import { answerNames, itemTexts, questionnaireOf, titleOf } from '../chart/questionnaire-texts';
import { currentRecord } from '../state/ask';
import { useSandbox } from '../state/store';
import { useWords, type Words } from '../words/translate';
import { Section } from './section';

/** The referral form and the intake form as they were filled in. */
export function FormsPanel() {
  const { state } = useSandbox();
  const words = useWords();
  const forms = ofType(currentRecord(state), 'QuestionnaireResponse').filter(({ questionnaire }) =>
    isForm(questionnaire),
  );
  return (
    <Section id="forms" title={words.t('forms')}>
      {forms.length === 0 && <p class="quiet">{words.t('no-forms')}</p>}
      {forms.map((form) => (
        <details class="form" key={form.id}>
          <summary>
            <strong>{titleOf(state.questionnaires, form.questionnaire, words.language)}</strong>
            <span class="quiet">
              {form.authored === undefined ? words.t('not-recorded') : words.day(form.authored)} ·{' '}
              {words.t('answers', { number: (form.item ?? []).length })}
            </span>
          </summary>
          <Items
            items={form.item ?? []}
            questionnaire={questionnaireOf(state.questionnaires, form.questionnaire)}
            words={words}
          />
        </details>
      ))}
    </Section>
  );
}

interface ItemsProps {
  readonly items: readonly QuestionnaireResponseItem[];
  readonly questionnaire: Questionnaire | undefined;
  readonly words: Words;
}

function Items({ items, questionnaire, words }: ItemsProps) {
  const texts = itemTexts(questionnaire, words.language);
  const names = answerNames(questionnaire, words.language);
  const rows = items.flatMap((item, index) => [
    { key: `${item.linkId}-${index}`, item, heading: item.item !== undefined },
    ...(item.item ?? []).map((inner) => ({ key: `${inner.linkId}-${index}`, item: inner, heading: false })),
  ]);
  return (
    <dl class="answers">
      {rows.map(({ key, item, heading }) => (
        <div key={key} class={heading ? 'group' : ''}>
          <dt>{texts.get(item.linkId) ?? item.linkId}</dt>
          <dd>{heading ? '' : (item.answer ?? []).map((answer) => answerText(answer, names, words)).join(', ')}</dd>
        </div>
      ))}
    </dl>
  );
}

function answerText(answer: QuestionnaireResponseItemAnswer, names: ReadonlyMap<string, string>, words: Words): string {
  if (answer.valueBoolean !== undefined) return words.t(answer.valueBoolean ? 'yes' : 'no');
  if (answer.valueDate !== undefined) return words.day(answer.valueDate);
  if (answer.valueInteger !== undefined) return words.number(answer.valueInteger);
  const { code, display } = answer.valueCoding ?? {};
  return (code === undefined ? undefined : names.get(code)) ?? display ?? code ?? answer.valueString ?? '';
}
