import { isObject, type Json } from '../schemas/json-object.js';

/** Forms are a few levels deep; beyond this a form says nothing that could be read, and going through it would take minutes. */
const DEEPEST = 32;

/**
 * Whether the items and answers of a form can be read: each is an element, and none stands deeper in the others than any
 * form's does. A text or a number in their place would else read as a form that was left empty.
 *
 * @param form a QuestionnaireResponse or another resource, of any shape
 */
export function hasReadableItems(form: Json): boolean {
  return areReadable(form['item'], DEEPEST);
}

/** @param levels that may yet follow, this one among them */
function areReadable(items: unknown, levels: number): boolean {
  if (items === undefined) return true;
  if (levels === 0) return false;
  const below = (element: unknown): boolean => isObject(element) && areReadable(element['item'], levels - 1);
  return listOf(items).every((item) => below(item) && listOf((item as Json)['answer']).every(below));
}

const NONE: readonly unknown[] = [];

/** Elements that are there; null stands for none, and what should be a list and is none for one element. */
function listOf(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return NONE;
  return Array.isArray(value) ? (value as readonly unknown[]) : [value];
}
