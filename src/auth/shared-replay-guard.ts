import type { ReplayGuard } from '../schemas/replay.js';

export interface SharedReplayGuardOptions {
  /** This process's own memory. */
  readonly memory: ReplayGuard;
  /** What all instances share. */
  readonly shared: ReplayGuard;
  /** How long the shared guard may take while it works. */
  readonly timeoutMs: number;
  /** How long it may take while it is away: from an outage on until it answers again. */
  readonly awayTimeoutMs: number;
  /** Whether the shared guard is away, after it failed with this or did not answer in time (`ETIMEDOUT`); else it is busy. */
  readonly isOutage: (cause: unknown) => boolean;
  /** Told of every claim that the shared guard could not decide since it was away, for the log. */
  readonly onOutage: (cause: unknown) => void;
}

/**
 * Asks this process's memory first and then what all instances share. While the shared guard is away the memory decides
 * alone, so that cards keep flowing: a token can then be replayed at another instance, not at this one. While it is only
 * busy nobody decides: after the time that it may take the claim throws.
 */
export function createSharedReplayGuard(options: SharedReplayGuardOptions): ReplayGuard {
  const { memory, shared, timeoutMs, awayTimeoutMs, isOutage, onOutage } = options;
  let away = false;

  /** An answer shows that it works, also one for which nobody waits any more. */
  const ask: ReplayGuard['claim'] = async (...claim) => {
    const first = await shared.claim(...claim);
    away = false;
    return first;
  };

  return {
    async claim(...claim) {
      const here = await memory.claim(...claim).catch((cause: unknown) => ({ cause }));
      if (here === false) return false;
      try {
        return await within(away ? awayTimeoutMs : timeoutMs, ask(...claim));
      } catch (cause) {
        if (!isOutage(cause)) throw cause;
        away = true;
        onOutage(cause);
        if (here === true) return true;
        throw here.cause;
      }
    },
  };
}

async function within<T>(timeoutMs: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    const giveUp = (): void => reject(Object.assign(new Error(`no answer in ${timeoutMs} ms`), { code: 'ETIMEDOUT' }));
    // A process that was busy for so long has not read yet what came meanwhile: timers come before that.
    timer = setTimeout(() => setImmediate(() => setImmediate(giveUp)), timeoutMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
