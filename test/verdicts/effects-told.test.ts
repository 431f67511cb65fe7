import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { bearingOf } from '../../src/logic/bearing.js';
import type { Effect, Status } from '../../src/schemas/verdict.js';
import { outcomeOf } from '../../src/verdicts/outcome.js';

const STATUSES: readonly Status[] = ['not-met', 'unknown', 'review'];
const rows = readFileSync('hooks/README.md', 'utf8')
  .split('\n')
  .flatMap((line) => /^\| `([a-z-]+)` \| (.+) \| (.+) \| (.+) \|$/.exec(line)?.slice(1) ?? [])
  .reduce<string[][]>((table, cell, at) => {
    if (at % 4 === 0) table.push([]);
    table.at(-1)!.push(cell);
    return table;
  }, []);

/** What the outcome is when all else is met, in the words of the table. */
function told(effect: Effect, status: Status): string {
  const outcome = outcomeOf([{ id: 'one', effect, status }], { criterion: 'other', covered: false, disputed: false });
  if (outcome !== 'met') return `outcome \`${outcome}\``;
  return bearingOf(effect, status) === undefined ? 'nothing' : 'a point to note';
}

it('the table of effects names every effect, and says of each what it does', () => {
  const effects = ['blocking', 'blocking-if-not-met', 'completeness', 'signal', 'review-at-most', 'part'] as const;
  expect(rows.map(([effect]) => effect)).toEqual(effects);
  for (const [effect, ...cells] of rows) {
    const expected = STATUSES.map((status) => told(effect as Effect, status));
    // This one may never be not met: the check refuses it.
    if (effect === 'review-at-most') expected[0] = 'is a finding of the check';
    expect(cells, effect).toEqual(expected);
  }
});

it.each(['met', 'not-applicable'] as const)('%s does nothing, whatever the effect', (status) => {
  for (const [effect] of rows) expect(told(effect as Effect, status)).toBe('nothing');
});
