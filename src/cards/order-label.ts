import { isObject } from '../schemas/json-object.js';
import type { Resource } from '../schemas/resource.js';
import { oneLine } from './escape-markdown.js';

const LONGEST = 80;

/**
 * How an order is called: the text or display of its code, else the name of a code that is known, else the code.
 *
 * @param names names of known codes
 * @returns nothing for an order without any of these
 */
export function orderLabel(
  order: Resource,
  names: Readonly<Record<string, string>>,
  longest = LONGEST,
): string | undefined {
  const code = order['code'];
  if (!isObject(code)) return undefined;
  const codings = Array.isArray(code['coding']) ? code['coding'].filter(isObject) : [];
  const codes = codings.map((coding) => coding['code']);
  const known = codes.map((one) => (typeof one === 'string' && Object.hasOwn(names, one) ? names[one] : undefined));
  for (const candidate of [code['text'], ...codings.map((coding) => coding['display']), ...known, ...codes]) {
    const label = typeof candidate === 'string' ? oneLine(candidate, longest) : '';
    if (label !== '') return label;
  }
  return undefined;
}
