/** Something that can be put in order: JSON, and the name by which it is known, if any. */
export interface Ordered {
  readonly name: string | undefined;
  readonly json: unknown;
}

/**
 * Settles which of two things of one moment comes first, so that the order of entries in a record never does: the one with the
 * higher name; where both have the same name, or none, the one with the higher text. Only what is equal comes out as equal.
 */
export function settledOrder(a: Ordered, b: Ordered): number {
  const [first, second] = [a.name ?? '', b.name ?? ''];
  return first === second ? higherFirst(JSON.stringify(a.json), JSON.stringify(b.json)) : higherFirst(first, second);
}

function higherFirst(a: string, b: string): number {
  return a === b ? 0 : a < b ? 1 : -1;
}
