import { byBegin, readContact, type Reading, type Window } from './course.js';
import type { Row } from './fact.js';

type Kept<T> = WeakMap<readonly Row[], Map<string, readonly T[]>>;

const readings: Kept<Reading | undefined> = new WeakMap();
const orders: Kept<number> = new WeakMap();
const groupings: Kept<string | undefined> = new WeakMap();

/** What each row of a table says inside a window; the same table is added up in several ways. */
export function readingsOf(table: readonly Row[], window: Window | undefined): readonly (Reading | undefined)[] {
  const key = window === undefined ? '' : `${window.from}|${window.to}`;
  return kept(readings, table, key, () => table.map((row) => readContact(row, window)));
}

/** The numbers of a table's rows in the order in which what they say is added up. */
export function orderOf(table: readonly Row[], window: Window | undefined): readonly number[] {
  const read = readingsOf(table, window);
  const key = window === undefined ? '' : `${window.from}|${window.to}`;
  return kept(orders, table, key, () => {
    const numbers = [...read.keys()];
    return isInOrder(read) ? numbers : numbers.sort((a, b) => byBegin(read[a], read[b]));
  });
}

function isInOrder(read: readonly (Reading | undefined)[]): boolean {
  return read.every((reading, at) => at === 0 || byBegin(read[at - 1], reading) <= 0);
}

/** The group of each row: the values of these columns; none where one of them has no value. */
export function groupsOf(table: readonly Row[], by: readonly string[]): readonly (string | undefined)[] {
  return kept(groupings, table, by.join(), () => table.map((row) => groupOf(row, by)));
}

function groupOf(row: Row, by: readonly string[]): string | undefined {
  let key = '';
  for (const column of by) {
    const value = row[column];
    if (value === undefined) return undefined;
    key += `|${String(value)}`;
  }
  return key;
}

function kept<T>(all: Kept<T>, table: readonly Row[], key: string, make: () => readonly T[]): readonly T[] {
  let ofTable = all.get(table);
  if (ofTable === undefined) all.set(table, (ofTable = new Map()));
  let found = ofTable.get(key);
  if (found === undefined) ofTable.set(key, (found = make()));
  return found;
}
