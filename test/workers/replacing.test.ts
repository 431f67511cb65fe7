import { expect, it } from 'vitest';
import { createReplacing } from '../../src/bin/workers/replacing.js';

const SETTLED_MS = 10_000;

/** The delays after workers that ran for so long each. */
function delaysAfter(...ranMs: readonly number[]): readonly number[] {
  let nowMs = 1_000_000;
  const replacing = createReplacing({ nowMs: () => nowMs, today: () => '2026-12-01' });
  return ranMs.map((ran) => {
    const startedAt = nowMs;
    nowMs += ran;
    return replacing.delayAfter(startedAt);
  });
}

it('a worker that had settled is replaced soon', () => {
  expect(delaysAfter(SETTLED_MS, SETTLED_MS, 10 * SETTLED_MS)).toEqual([100, 100, 100]);
});

it('workers that end soon after their start are replaced later and later, and never later than in ten seconds', () => {
  const delays = delaysAfter(...Array.from({ length: 10 }, () => SETTLED_MS - 1));
  expect(delays).toEqual([100, 200, 400, 800, 1_600, 3_200, 6_400, 10_000, 10_000, 10_000]);
});

it('one that settles ends the row', () => {
  expect(delaysAfter(0, 0, 0, SETTLED_MS, 0, 0)).toEqual([100, 200, 400, 100, 100, 200]);
});
