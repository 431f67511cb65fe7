/** The item of a form that a path of evidence or of rows names: `item(x)`. */
export function itemNamed(path: string): string | undefined {
  return /^item\((.*)\)$/.exec(path)?.[1];
}

/** What is expected where a name is none of a form. */
export const ITEM_OF_FORM = 'an item of a form';
