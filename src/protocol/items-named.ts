/** The items of forms that an expression or a path of evidence names: `linkId = 'x'`, `item(x)`. */
export function itemsNamed(text: string): readonly string[] {
  const found = text.matchAll(/\blinkId\s*=\s*'([^']*)'|^item\((.*)\)$/g);
  return [...new Set([...found].map(([, compared, named]) => compared ?? named!))];
}

/** What is expected where a name is none of a form. */
export const ITEM_OF_FORM = 'an item of a form';
