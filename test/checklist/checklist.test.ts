import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { CHECKLIST } from './rows.js';
import { checklistTable, filesByRow, rowsIn, TABLE_FILE } from './table.js';

const files = filesByRow();

describe('the checklist', () => {
  it('numbers its rows from 1 without a gap', () => {
    expect(CHECKLIST.map(([number]) => number)).toEqual(CHECKLIST.map((_, index) => index + 1));
    expect(CHECKLIST).toHaveLength(165);
  });

  it('reads lists and ranges of rows in titles', () => {
    expect(rowsIn('7')).toEqual([7]);
    expect(rowsIn('1, 4-6, 9')).toEqual([1, 4, 5, 6, 9]);
  });

  it('every requirement has a test, or a reason why it has none', () => {
    const open = CHECKLIST.filter(([number, , , otherwise]) => otherwise === undefined && !files.has(number));
    expect(open.map(([number, level, what]) => `${number} ${level} ${what}`)).toEqual([]);
  });

  it('what is met otherwise has no test that says the same', () => {
    const both = CHECKLIST.filter(([number, , , otherwise]) => otherwise !== undefined && files.has(number));
    expect(both.map(([number]) => number)).toEqual([]);
  });

  it('titles name no row that does not exist', () => {
    expect([...files.keys()].filter((row) => row < 1 || row > CHECKLIST.length)).toEqual([]);
  });

  it('stands in the docs as the tests are now: `npm run docs:checklist`', () => {
    expect(readFileSync(TABLE_FILE, 'utf8')).toBe(checklistTable());
  });
});
