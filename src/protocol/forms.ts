import { eitherOf, isTexts, type KnownTexts, textsOf } from '../fhirpath/known-values.js';
import { isObject } from '../schemas/json-object.js';

/** The items of forms by linkId, each with the codes among which its answer is chosen; nothing where it may be anything. */
export type Forms = ReadonlyMap<string, KnownTexts | undefined>;

/**
 * The items of FHIR Questionnaires; an item that stands in several forms is answered as in any of them.
 *
 * @param questionnaires in JSON, of whatever form
 */
export function itemsOf(questionnaires: readonly unknown[]): Forms {
  const forms = new Map<string, KnownTexts | undefined>();
  for (const { linkId, answers } of questionnaires.flatMap(itemsIn)) {
    const known = forms.has(linkId) ? eitherOf(forms.get(linkId), answers) : answers;
    forms.set(linkId, isTexts(known) ? known : undefined);
  }
  return forms;
}

interface Item {
  readonly linkId: string;
  readonly answers: KnownTexts | undefined;
}

/** The items in a form, in an item or in a list of items. */
function itemsIn(value: unknown): readonly Item[] {
  if (Array.isArray(value)) return value.flatMap(itemsIn);
  if (!isObject(value)) return [];
  const { linkId, item } = value;
  return [...(typeof linkId === 'string' ? [{ linkId, answers: answersTo(value) }] : []), ...itemsIn(item)];
}

function answersTo({ type, answerOption }: Readonly<Record<string, unknown>>): KnownTexts | undefined {
  if (type !== 'choice' || !Array.isArray(answerOption)) return undefined;
  const codes = (answerOption as readonly unknown[]).map((option) => {
    const coding = isObject(option) ? option['valueCoding'] : undefined;
    return isObject(coding) ? coding['code'] : undefined;
  });
  return codes.every((code) => typeof code === 'string') ? textsOf(codes) : undefined;
}
