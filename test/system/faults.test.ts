import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const TESTS = path.resolve(import.meta.dirname, '..');
const TABLE = path.resolve(TESTS, '..', 'src', 'decisions', 'faults.md');

const titles = ['system', 'http']
  .flatMap((room) => readdirSync(path.join(TESTS, room)).map((file) => path.join(TESTS, room, file)))
  .filter((file) => file.endsWith('.test.ts') && file !== import.meta.filename)
  .map((file) => readFileSync(file, 'utf8'))
  .join('\n');
const text = readFileSync(TABLE, 'utf8');
const rows = text
  .split('\n')
  .filter((line) => line.startsWith('| ') && !line.startsWith('| fault') && !line.startsWith('| ---'))
  .map((line) => line.split('|').map((cell) => cell.trim()));

describe('the fault table of processes and the wire', () => {
  it('has rows, and leads to the tables of the rooms', () => {
    expect(rows.length).toBeGreaterThan(8);
    for (const [, link] of text.matchAll(/\]\((\.\.\/[^)]+)\)/g)) {
      expect(readFileSync(path.resolve(path.dirname(TABLE), link ?? ''), 'utf8')).toContain('| fault |');
    }
  });

  it.each(rows.map((cells) => [cells[1], cells[4]] as const))('%s is a test', (_fault, title) => {
    expect(titles).toContain(`'${title}'`);
  });
});
