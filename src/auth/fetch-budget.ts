import type { Clock } from '../clock.js';

/** How often something may be fetched: a few times at once, then slowly. */
export interface FetchBudget {
  /** Takes one try; `false` when there is none left for now. */
  take(): boolean;
}

const BURST = 5;
const REFILL_MS = 10_000;

/** Five tries at once, then one every ten seconds: enough for key rotation, too little to be used against the client's server. */
export function createFetchBudget(clock: Clock): FetchBudget {
  let left = BURST;
  let countedAtMs = clock.nowMs();
  return {
    take() {
      const now = clock.nowMs();
      // A clock that was set back is no reason to wait until it has caught up.
      countedAtMs = Math.min(countedAtMs, now);
      const refilled = Math.floor((now - countedAtMs) / REFILL_MS);
      if (refilled > 0) {
        left = Math.min(BURST, left + refilled);
        countedAtMs += refilled * REFILL_MS;
      }
      if (left === 0) return false;
      left -= 1;
      return true;
    },
  };
}
