import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

const OWN = 'faults.test.ts';
const room = new URL('./', import.meta.url);
const tests = readdirSync(room)
  .filter((file) => file.endsWith('.test.ts') && file !== OWN)
  .map((file) => readFileSync(new URL(file, room), 'utf8'))
  .join('\n');

const rows = readFileSync(new URL('../../src/store/faults.md', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('| ') && !line.startsWith('| fault') && !line.startsWith('| ---'))
  .map((line) => line.split('|').map((cell) => cell.trim()));

describe('the fault table of the store', () => {
  test('has rows', () => {
    expect(rows.length).toBeGreaterThan(15);
  });

  test.each(rows.map((cells) => [cells[1], cells[4]] as const))('%s is a test', (_fault, title) => {
    expect(tests).toContain(`'${title}'`);
  });
});
