import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const own = 'faults.test.ts';
const room = new URL('./', import.meta.url);
const tests = readdirSync(room)
  .filter((file) => file.endsWith('.test.ts') && file !== own)
  .map((file) => readFileSync(new URL(file, room), 'utf8'))
  .join('\n');

const rows = readFileSync(new URL('../../src/record/faults.md', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('| ') && !line.startsWith('| fault') && !line.startsWith('| ---'))
  .map((line) => line.split('|').map((cell) => cell.trim()));

describe('the fault table', () => {
  it('has rows', () => {
    expect(rows.length).toBeGreaterThan(40);
  });

  it.each(rows.map((cells) => [cells[1], cells[4]] as const))('%s is a test', (_fault, title) => {
    const quoted = [`'${title}'`, `"${title}"`];
    expect(quoted.some((literal) => tests.includes(literal))).toBe(true);
  });
});
