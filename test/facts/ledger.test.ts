import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readContact, type Window } from '../../src/facts/course.js';
import type { Row } from '../../src/facts/fact.js';
import { Kept, Slots } from '../../src/fhirpath/code/kept.js';
import { Ledger, ledgerOf } from '../../src/facts/ledger.js';

const day = fc.constantFrom('2025-01-01', '2025-01-02', '2025-02-28', '2025-03-01', '2025-12-31', '2026-01-01');
const partial = fc.oneof(day, fc.constantFrom('2025', '2025-01', '2026-02'));
const absent = fc.constant(undefined);
const row: fc.Arbitrary<Row> = fc.record({
  source: fc.constantFrom('procedures', 'referral-form'),
  reference: fc.constant('Procedure/x'),
  path: fc.constant('performed'),
  on: fc.oneof(partial, absent),
  from: fc.oneof(partial, absent),
  to: fc.oneof(partial, absent),
  number: fc.oneof(fc.integer({ min: 0, max: 9 }), absent),
  part: fc.oneof(fc.constantFrom('physical', 'psychological'), absent),
  discipline: fc.oneof(fc.constantFrom('a', 'b', 'c', ''), absent),
});
const window: fc.Arbitrary<Window | undefined> = fc.oneof(
  fc.tuple(day, day).map(([one, other]) => (one < other ? { from: one, to: other } : { from: other, to: one })),
  absent,
);

/** What a table says inside a window, row by row and then put in order. */
function plainEntries(rows: readonly Row[], inside: Window | undefined): readonly object[] {
  return rows
    .flatMap((each, at) => {
      const reading = readContact(each, inside);
      return reading === undefined ? [] : [{ at, reading }];
    })
    .sort((a, b) => a.reading.begin - b.reading.begin || a.at - b.at);
}

describe('a table of contacts', () => {
  it('says inside any window what its rows say one by one, in the order of their days', () => {
    fc.assert(
      fc.property(
        fc.array(row, { maxLength: 8 }),
        fc.array(window, { minLength: 1, maxLength: 4 }),
        (rows, windows) => {
          const ledger = new Ledger(rows);
          // Asked twice: the second answer is the kept one.
          for (const inside of [...windows, ...windows]) {
            expect(ledger.entries(inside)).toEqual(plainEntries(rows, inside));
          }
        },
      ),
      { numRuns: 500 },
    );
  });

  it('is grouped by the values of columns; a row without one of them belongs to no group', () => {
    const columns = fc.subarray(['source', 'part', 'discipline'], { minLength: 1 });
    fc.assert(
      fc.property(
        fc.array(row, { maxLength: 10 }),
        fc.array(columns, { minLength: 1, maxLength: 3 }),
        (rows, groupings) => {
          const ledger = new Ledger(rows);
          for (const by of [...groupings, ...groupings]) {
            const { numbers, names } = ledger.groups(by);
            const keyOf = (each: Row): string | undefined =>
              by.some((column) => each[column] === undefined)
                ? undefined
                : by.map((column) => `|${String(each[column])}`).join('');
            expect(numbers.map((number) => names[number])).toEqual(rows.map(keyOf));
            expect(new Set(names).size).toBe(names.length);
          }
        },
      ),
      { numRuns: 500 },
    );
  });

  it('is read once in an assessment', () => {
    const rows: Row[] = [{ source: 's', reference: 'Procedure/x', path: 'p', on: '2025-01-01' }];
    const kept = new Kept(new Slots());
    const ledger = ledgerOf(rows, kept);
    expect(ledgerOf(rows, kept)).toBe(ledger);
    expect(ledgerOf([...rows], kept)).not.toBe(ledger);
    expect(ledgerOf(rows, new Kept(new Slots()))).not.toBe(ledger);
    expect(ledgerOf(rows, undefined)).not.toBe(ledger);
  });
});
