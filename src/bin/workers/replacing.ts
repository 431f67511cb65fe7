import type { Clock } from '../../clock.js';

const FIRST_DELAY_MS = 100;
const LONGEST_DELAY_MS = 10_000;
/** A worker that ran for so long did not fail at its start. */
const SETTLED_MS = 10_000;

export interface Replacing {
  /** How long to wait before a worker that ended now, and had started then, is replaced; in milliseconds. */
  delayAfter(startedAtMs: number): number;
}

/** The next worker comes soon after one that had run well, and later and later while they end soon after their start. */
export function createReplacing(clock: Clock): Replacing {
  let early = 0;
  return {
    delayAfter(startedAtMs) {
      early = clock.nowMs() - startedAtMs >= SETTLED_MS ? 0 : early + 1;
      return Math.min(FIRST_DELAY_MS * 2 ** Math.max(0, early - 1), LONGEST_DELAY_MS);
    },
  };
}
