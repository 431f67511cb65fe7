import type { Kept } from '../fhirpath/code/kept.js';
import { isInside, readContact, type Reading, type Window } from './course.js';
import type { Row } from './fact.js';

/** Which rows of a table belong together: for each row the number of its group, or -1 for none, and the names of the groups. */
export interface Grouping {
  readonly numbers: readonly number[];
  readonly names: readonly string[];
}

/** One row that says something inside a window: its number in the table, and what it says. */
export interface Entry {
  readonly at: number;
  readonly reading: Reading;
}

/** A table of contacts, read once for all the ways in which it is added up. */
export class Ledger {
  readonly #inside: { readonly window: Window; readonly entries: readonly Entry[] }[] = [];
  readonly #groupings = new Map<string, Grouping>();
  readonly #columns = new Map<string, Column>();
  #all: readonly Entry[] | undefined;

  constructor(private readonly rows: readonly Row[]) {}

  /** What the rows say inside a window, in the order of the days on which it begins. */
  entries(window: Window | undefined): readonly Entry[] {
    const all = (this.#all ??= inOrder(this.rows.map((row, at) => ({ at, reading: readContact(row, undefined)! }))));
    if (window === undefined) return all;
    const known = this.#inside.find(({ window: { from, to } }) => from === window.from && to === window.to);
    if (known !== undefined) return known.entries;
    const entries: Entry[] = [];
    for (const entry of all) {
      const { at, reading } = entry;
      if (isOneDay(reading)) {
        if (isInside(reading.stretch!.from, window)) entries.push(entry);
        continue;
      }
      const inside = readContact(this.rows[at]!, window);
      if (inside !== undefined) entries.push({ at, reading: inside });
    }
    this.#inside.push({ window, entries: inOrder(entries) });
    return entries;
  }

  /** Rows with the same values in these columns belong together; one without a value in one of them belongs to no group. */
  groups(by: readonly string[]): Grouping {
    const key = by.join();
    let grouping = this.#groupings.get(key);
    if (grouping === undefined) this.#groupings.set(key, (grouping = this.#grouped(by)));
    return grouping;
  }

  #grouped(by: readonly string[]): Grouping {
    const columns = by.map((name) => this.#column(name));
    const groups = new Map<number, number>();
    const names: string[] = [];
    const numbers = this.rows.map((_, at) => {
      let code = 0;
      for (const { numbers: own, values } of columns) {
        if (own[at] === NO_VALUE) return NO_VALUE;
        code = code * values.size + own[at]!;
      }
      let group = groups.get(code);
      if (group === undefined) {
        groups.set(code, (group = names.length));
        names.push(by.map((column) => `|${nameOfValue(this.rows[at]![column])}`).join(''));
      }
      return group;
    });
    return { numbers, names };
  }

  #column(name: string): Column {
    let column = this.#columns.get(name);
    if (column === undefined) this.#columns.set(name, (column = numbered(this.rows, name)));
    return column;
  }
}

const NO_VALUE = -1;

/** The values of a column by number, and for each row the number of its value. */
interface Column {
  readonly values: ReadonlyMap<unknown, number>;
  readonly numbers: readonly number[];
}

function numbered(rows: readonly Row[], name: string): Column {
  const values = new Map<unknown, number>();
  const numbers = rows.map((row) => {
    const value = row[name];
    if (value === undefined) return NO_VALUE;
    let number = values.get(value);
    if (number === undefined) values.set(value, (number = values.size));
    return number;
  });
  return { values, numbers };
}

/** A record may hold anything in place of a code, also an object that cannot be made into text. */
function nameOfValue(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function isOneDay({ stretch, spanKnown }: Reading): boolean {
  return stretch !== undefined && spanKnown && stretch.from === stretch.to;
}

/** Puts entries in the order of the days on which they begin, those of one day in the order of the table. */
function inOrder(entries: Entry[]): readonly Entry[] {
  for (let at = 1; at < entries.length; at += 1) {
    if (byDay(entries[at - 1]!, entries[at]!) > 0) return entries.sort(byDay);
  }
  return entries;
}

function byDay(a: Entry, b: Entry): number {
  return a.reading.begin - b.reading.begin || a.at - b.at;
}

/**
 * The ledger of a table, one for all that is asked of it while a record is assessed. It is kept with that assessment and not
 * in a map that outlives it: what such a map holds, weakly or not, is copied by every collection of young garbage until a
 * collection of the old comes by.
 */
export function ledgerOf(table: readonly Row[], kept: Kept | undefined): Ledger {
  const known = kept?.tables.get(table) as Ledger | undefined;
  if (known !== undefined) return known;
  const ledger = new Ledger(table);
  kept?.tables.set(table, ledger);
  return ledger;
}
