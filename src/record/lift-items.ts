import { isObject, type Json } from '../schemas/json-object.js';
import type { Resource } from '../schemas/resource.js';
import { listOf } from './readable.js';

/**
 * A form of which every item stands under an item. R4 lets items stand under an answer too (`item.answer.item`), where they are asked
 * for because of that answer; a rule asks for an item by its `linkId`, wherever it stands, and finds it under the question.
 *
 * @param form readable
 * @returns the same form where nothing stands under an answer
 * @source https://hl7.org/fhir/R4/questionnaireresponse.html
 */
export function withItemsLifted(form: Resource): Resource {
  const items = form['item'];
  return holdsUnderAnswers(items) ? { ...form, item: lifted(items) } : form;
}

function holdsUnderAnswers(items: unknown): boolean {
  return elementsOf(items).some(
    (item) =>
      elementsOf(item['answer']).some((answer) => answer['item'] !== undefined) || holdsUnderAnswers(item['item']),
  );
}

function lifted(items: unknown): readonly Json[] {
  return elementsOf(items).map((item) => {
    const answers = elementsOf(item['answer']);
    const under = [item, ...answers].flatMap(({ item: below }) => lifted(below));
    const { item: _below, ...own } = item;
    const answer = item['answer'] === undefined ? {} : { answer: answers.map(({ item: _under, ...value }) => value) };
    return { ...own, ...answer, ...(under.length === 0 ? {} : { item: under }) };
  });
}

function elementsOf(value: unknown): readonly Json[] {
  return listOf(value).filter(isObject);
}
