import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { CHECKLIST, type ChecklistRow } from './rows.js';

const TESTS = path.resolve(import.meta.dirname, '..');
/** Where the table stands. */
export const TABLE_FILE = path.resolve(TESTS, '..', 'src', 'decisions', 'checklist.md');

const HEAD = `# The CDS Hooks checklist

Every requirement on a CDS service in CDS Hooks 2.0.1, what shows that it holds, and how it is met where no test can show
it. Written by \`npm run docs:checklist\` from the titles of the tests; a test fails when it is out of date, or when a
requirement has neither test nor reason.

- proved: the tests in the files named show it
- by deployment, by agreement, by measurement, by review, not used: the reason stands there

| row | level | what | state | tests, or why there are none |
| --- | --- | --- | --- | --- |
`;

/** Test files by the rows that their titles name, as \`[row 7]\`, \`[rows 1, 4-6]\`. */
export function filesByRow(): ReadonlyMap<number, readonly string[]> {
  const files = new Map<number, Set<string>>();
  for (const file of testFiles(TESTS)) {
    const text = readFileSync(file, 'utf8');
    for (const row of [...text.matchAll(/\[rows? ([\d, -]+)\]/g)].flatMap(([, list]) => rowsIn(list ?? ''))) {
      const found = files.get(row) ?? new Set();
      files.set(row, found.add(path.relative(TESTS, file)));
    }
  }
  return new Map([...files].map(([row, found]) => [row, [...found].sort()]));
}

/** The numbers in \`1, 4-6\`. */
export function rowsIn(list: string): readonly number[] {
  return list.split(',').flatMap((part) => {
    const [first = 0, last = first] = part.split('-').map(Number);
    return Array.from({ length: last - first + 1 }, (_, index) => first + index);
  });
}

/** The whole table as it should stand. */
export function checklistTable(): string {
  const files = filesByRow();
  return HEAD + CHECKLIST.map((row) => line(row, files.get(row[0]) ?? [])).join('');
}

function line([number, level, what, otherwise]: ChecklistRow, files: readonly string[]): string {
  const [state, because] = otherwise ?? [files.length > 0 ? 'proved' : 'open', ''];
  const shown = [...files.map((file) => `\`test/${file}\``), ...(because === '' ? [] : [because])].join(', ');
  return `| ${number} | ${level} | ${what} | ${state} | ${shown} |\n`;
}

function testFiles(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) return testFiles(file);
    return entry.name.endsWith('.test.ts') ? [file] : [];
  });
}
