import { isObject, type Json } from '../schemas/json-object.js';
import type { Resource } from '../schemas/resource.js';

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
  return (
    Array.isArray(items) && items.some((item: Json) => hasItems(item['answer']) || holdsUnderAnswers(item['item']))
  );
}

function hasItems(answers: unknown): boolean {
  if (Array.isArray(answers)) return answers.some((answer: Json) => answer['item'] !== undefined);
  return isObject(answers) && answers['item'] !== undefined;
}

function lifted(items: unknown): unknown {
  if (!Array.isArray(items)) return items;
  return items.map((item: Json) => {
    const under = [item, ...answersOf(item)].flatMap(({ item: below }) => lifted(below) ?? []);
    const { item: _below, ...own } = item;
    const answer =
      item['answer'] === undefined ? {} : { answer: answersOf(item).map(({ item: _under, ...value }) => value) };
    return { ...own, ...answer, ...(under.length === 0 ? {} : { item: under }) };
  });
}

function answersOf({ answer }: Json): readonly Json[] {
  return [answer].flat().filter(isObject);
}
