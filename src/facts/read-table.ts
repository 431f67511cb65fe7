import { beginOf, readContact, type Reading, type Window } from './course.js';
import type { Row } from './fact.js';

type Kept<T> = WeakMap<readonly Row[], Map<string, T>>;

const readings: Kept<readonly (Reading | undefined)[]> = new WeakMap();
const orders: Kept<readonly number[]> = new WeakMap();
const groupings: Kept<Grouping> = new WeakMap();

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
    const begins = read.map((reading) => beginOf(reading));
    const numbers = [...begins.keys()];
    return isInOrder(begins) ? numbers : numbers.sort((a, b) => begins[a]! - begins[b]! || a - b);
  });
}

function isInOrder(begins: readonly number[]): boolean {
  for (let at = 1; at < begins.length; at += 1) if (begins[at - 1]! > begins[at]!) return false;
  return true;
}

/** Which rows of a table belong together: for each row the number of its group, or -1 for none, and the names of the groups. */
export interface Grouping {
  readonly numbers: readonly number[];
  readonly names: readonly string[];
}

/** Rows with the same values in these columns belong together; one without a value in one of them belongs to no group. */
export function groupsOf(table: readonly Row[], by: readonly string[]): Grouping {
  return kept(groupings, table, by.join(), () => {
    const names: string[] = [];
    const first: Branch = new Map();
    const numbers = table.map((row) => {
      let branch = first;
      for (const column of by) {
        const value = row[column];
        if (value === undefined) return -1;
        let next = branch.get(value);
        if (next === undefined) branch.set(value, (next = new Map()));
        branch = next;
      }
      branch.number ??= names.push(by.map((column) => `|${String(row[column])}`).join('')) - 1;
      return branch.number;
    });
    return { numbers, names };
  });
}

/** Groups by the value of one column after the other. */
interface Branch extends Map<unknown, Branch> {
  number?: number;
}

function kept<T>(all: Kept<T>, table: readonly Row[], key: string, make: () => T): T {
  let ofTable = all.get(table);
  if (ofTable === undefined) all.set(table, (ofTable = new Map()));
  let found = ofTable.get(key);
  if (found === undefined) ofTable.set(key, (found = make()));
  return found;
}
