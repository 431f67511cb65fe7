import { eitherOf, isTexts, type KnownTexts, textsOf } from '../fhirpath/known-values.js';
import { isObject } from '../schemas/json-object.js';
import { type Questionnaire, questionnaireItems } from './questionnaire.js';

/** The items of forms by linkId, each with the codes among which its answer is chosen; nothing where it may be anything. */
export type Forms = ReadonlyMap<string, KnownTexts | undefined>;

/**
 * The items of FHIR Questionnaires; an item that stands in several forms is answered as in any of them.
 *
 * @param questionnaires in JSON, of whatever form
 */
export function itemsOf(questionnaires: readonly Pick<Questionnaire, 'value'>[]): Forms {
  const forms = new Map<string, KnownTexts | undefined>();
  for (const { item } of questionnaires.flatMap(questionnaireItems)) {
    const { linkId } = item;
    if (typeof linkId !== 'string') continue;
    const answers = answersTo(item);
    const known = forms.has(linkId) ? eitherOf(forms.get(linkId), answers) : answers;
    forms.set(linkId, isTexts(known) ? known : undefined);
  }
  return forms;
}

function answersTo({ type, answerOption }: Readonly<Record<string, unknown>>): KnownTexts | undefined {
  if (type !== 'choice' || !Array.isArray(answerOption)) return undefined;
  const codes = (answerOption as readonly unknown[]).map((option) => {
    const coding = isObject(option) ? option['valueCoding'] : undefined;
    return isObject(coding) ? coding['code'] : undefined;
  });
  return codes.every((code) => typeof code === 'string') ? textsOf(codes) : undefined;
}
