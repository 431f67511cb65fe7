import type { Clock } from '../clock.js';
import type { ReplayGuard } from '../schemas/replay.js';

export interface LastingReplayGuardOptions {
  /** This process's own memory. */
  readonly memory: ReplayGuard;
  /** What outlives this process. */
  readonly kept: ReplayGuard;
  /** The memory and then what is kept: what a process asks that may not be the first to see a token. */
  readonly both: ReplayGuard;
  readonly clock: Clock;
  /** From the first use of a token to the last moment at which it would be accepted again, at most. */
  readonly longestMs: number;
  /** Told of every claim that could not be kept. */
  readonly onOutage: (cause: unknown) => void;
}

/**
 * For one process with a store of its own. As long as a token may have been used before the process started, what is kept is asked
 * as well; from then on the memory knows all of them, and a call no longer waits for the disk: its claim is kept behind it, for
 * the next start.
 */
export function createLastingReplayGuard(options: LastingReplayGuardOptions): ReplayGuard {
  const { memory, kept, both, clock, longestMs, onOutage } = options;
  const aloneFromMs = clock.nowMs() + longestMs;
  return {
    async claim(issuer, jti, expiresAtMs) {
      if (clock.nowMs() < aloneFromMs) return both.claim(issuer, jti, expiresAtMs);
      const first = await memory.claim(issuer, jti, expiresAtMs);
      if (first) kept.claim(issuer, jti, expiresAtMs).catch(onOutage);
      return first;
    },
  };
}
