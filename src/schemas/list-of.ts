import { z } from 'zod';

/**
 * A list in a call. One that is longer than anybody's is no list at all: a body of 16 MB can hold millions of elements, and the schemas
 * would have words about each that is at fault.
 *
 * @param expected what the list holds, as the caller is told
 * @param most the longest that the list may be
 * @param least the shortest
 */
export function listOf<Element extends z.ZodType>(element: Element, expected: string, most: number, least?: number) {
  const list = z.array(element, { error: `${expected}, ${most} at most` }).max(most);
  return z.preprocess(
    (value) => (isLonger(value, most) ? undefined : value),
    least === undefined ? list : list.min(least),
  );
}

function isLonger(value: unknown, most: number): boolean {
  return Array.isArray(value) && value.length > most;
}
