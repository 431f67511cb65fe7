import type { Clock } from '../clock.js';
import type { ReplayGuard } from '../schemas/replay.js';

export interface LastingReplayGuardOptions {
  /** This process's own memory. */
  readonly memory: ReplayGuard;
  /** What outlives this process. */
  readonly kept: ReplayGuard;
  /** The memory and then what is kept: what a process asks that may not be the first to see a token. */
  readonly both: ReplayGuard;
  readonly clock: Pick<Clock, 'nowMs'>;
  /** From the first use of a token to the last moment at which it would be accepted again, at most. */
  readonly longestMs: number;
  /** Told of every claim that could not be kept. */
  readonly onOutage: (cause: unknown) => void;
}

export interface LastingReplayGuard extends ReplayGuard {
  /** Keeps what has not been kept yet; resolves once that is done, or cannot be done. */
  flush(): Promise<void>;
}

/** So long a claim waits for others to be kept with it: a commit for each would cost more than a call. */
const TOGETHER_MS = 250;

/**
 * For one process with a store of its own. As long as a token may have been used before the process started, what is kept is asked
 * as well; from then on the memory knows all of them, and a call no longer waits for the disk: its claim is kept behind it, for
 * the next start.
 */
export function createLastingReplayGuard(options: LastingReplayGuardOptions): LastingReplayGuard {
  const { memory, kept, both, clock, longestMs, onOutage } = options;
  const aloneFromMs = clock.nowMs() + longestMs;
  let waiting: Parameters<ReplayGuard['claim']>[] = [];
  /** What was begun before has to be done as well. */
  let keeping = Promise.resolve();

  const keep = async (claims: typeof waiting): Promise<void> => {
    await Promise.all(claims.map((claim) => kept.claim(...claim).catch(onOutage)));
  };

  const flush = (): Promise<void> => {
    const together = waiting;
    waiting = [];
    keeping = Promise.all([keeping, keep(together)]).then(() => undefined);
    return keeping;
  };

  return {
    flush,
    async claim(...claim) {
      if (clock.nowMs() < aloneFromMs) return both.claim(...claim);
      const first = await memory.claim(...claim);
      if (!first) return false;
      if (waiting.length === 0) setTimeout(() => void flush(), TOGETHER_MS).unref();
      waiting.push(claim);
      return true;
    },
  };
}
