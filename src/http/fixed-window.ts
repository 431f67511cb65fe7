import type { Clock } from '../clock.js';

const WINDOW_MS = 60_000;
/** Over so many callers in one minute all are forgotten at once, so that memory stays bounded. */
const MAX_CALLERS = 10_000;

/** Counts calls per caller and minute. */
export interface FixedWindow {
  /** Counts one call; gives the seconds until the next minute when it is over the limit, else nothing. */
  count(caller: string, limit: number): number | undefined;
}

/** Windows start on whole minutes of the clock, the same for all callers, so that one number per caller is enough. */
export function createFixedWindow(clock: Clock): FixedWindow {
  let window = -1;
  const counts = new Map<string, number>();
  return {
    count(caller, limit) {
      const now = clock.nowMs();
      const current = Math.floor(now / WINDOW_MS);
      if (current !== window || counts.size > MAX_CALLERS) {
        window = current;
        counts.clear();
      }
      const calls = (counts.get(caller) ?? 0) + 1;
      counts.set(caller, calls);
      return calls > limit ? Math.ceil(((current + 1) * WINDOW_MS - now) / 1000) : undefined;
    },
  };
}
