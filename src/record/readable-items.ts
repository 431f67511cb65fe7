/** Forms are a few levels deep; beyond this a form says nothing that could be read, and going through it would take minutes. */
const DEEPEST = 32;

type Element = Readonly<Record<string, unknown>>;

/**
 * Whether the items and answers of a form can be read: each is an element, and none stands deeper in the others than any
 * form's does. A text or a number in their place would else read as a form that was left empty.
 *
 * @param form a QuestionnaireResponse or another resource, of any shape
 */
export function hasReadableItems(form: Element): boolean {
  return form['item'] === undefined || areReadable(form['item'], DEEPEST);
}

/** @param levels that may yet follow, this one among them */
function areReadable(items: unknown, levels: number): boolean {
  if (levels === 0) return false;
  return listOf(items).every((item) => {
    if (!isElement(item)) return false;
    if (item['item'] !== undefined && !areReadable(item['item'], levels - 1)) return false;
    return listOf(item['answer']).every(
      (answer) => isElement(answer) && (answer['item'] === undefined || areReadable(answer['item'], levels - 1)),
    );
  });
}

const NONE: readonly unknown[] = [];

/** Elements that are there; null stands for none, and what should be a list and is none for one element. */
function listOf(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return NONE;
  return Array.isArray(value) ? (value as readonly unknown[]) : [value];
}

function isElement(value: unknown): value is Element {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
