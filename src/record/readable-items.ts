/** Forms are a few levels deep; beyond this a form says nothing that could be read, and going through it would take minutes. */
const DEEPEST = 32;

type Element = Readonly<Record<string, unknown>>;

/**
 * Whether the items of a form stand deeper in one another than any form's do.
 *
 * @param form a QuestionnaireResponse or another resource, of any shape
 */
export function isNestedTooDeep(form: Element): boolean {
  return form['item'] !== undefined && isDeeperThan(form, DEEPEST);
}

function isDeeperThan(element: Element, levels: number): boolean {
  if (levels === 0) return true;
  return listIn(element['item']).some((item) => {
    const under = (item ?? NOTHING) as Element;
    if (under['item'] !== undefined && isDeeperThan(under, levels - 1)) return true;
    return listIn(under['answer']).some((answer) => {
      const below = (answer ?? NOTHING) as Element;
      return below['item'] !== undefined && isDeeperThan(below, levels - 1);
    });
  });
}

const NOTHING: Element = {};
const NONE: readonly unknown[] = [];

function listIn(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as readonly unknown[]) : NONE;
}
