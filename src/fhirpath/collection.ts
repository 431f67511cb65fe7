/** A collection: nothing, one item as itself, or an array of two or more. */
export type Collection<T> = undefined | T | readonly T[];

/** The collection that holds the items of an array. */
export function collect<T>(items: readonly T[]): Collection<T> {
  return items.length > 1 ? items : items[0];
}

/** The items of a collection as an array. */
export function list<T>(items: Collection<T>): readonly T[] {
  if (items === undefined) return NONE;
  return Array.isArray(items) ? (items as readonly T[]) : [items as T];
}

const NONE: readonly never[] = [];

export function count(items: Collection<unknown>): number {
  if (items === undefined) return 0;
  return Array.isArray(items) ? items.length : 1;
}

/** The first item; nothing of an empty collection. */
export function first<T>(items: Collection<T>): T | undefined {
  return Array.isArray(items) ? (items as readonly T[])[0] : (items as T | undefined);
}

/** Two collections after one another, duplicates kept. */
export function join<T>(left: Collection<T>, right: Collection<T>): Collection<T> {
  if (left === undefined) return right;
  if (right === undefined) return left;
  if (!Array.isArray(left)) return Array.isArray(right) ? [left as T, ...(right as T[])] : [left as T, right as T];
  return Array.isArray(right) ? (left as T[]).concat(right as T[]) : [...(left as T[]), right as T];
}
