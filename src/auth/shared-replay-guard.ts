import type { ReplayGuard } from '../schemas/replay.js';

export interface SharedReplayGuardOptions {
  /** This process's own memory. */
  readonly memory: ReplayGuard;
  /** What all instances share. */
  readonly shared: ReplayGuard;
  /** How long the shared guard may take. */
  readonly timeoutMs: number;
  /** Told of every claim that the shared guard could not decide, for the log. */
  readonly onOutage: (cause: unknown) => void;
}

/**
 * Asks this process's memory first and then what all instances share. While the shared guard is down the memory decides
 * alone, so that cards keep flowing: a token can then be replayed at another instance, not at this one.
 */
export function createSharedReplayGuard(options: SharedReplayGuardOptions): ReplayGuard {
  const { memory, shared, timeoutMs, onOutage } = options;
  return {
    async claim(issuer, jti, expiresAtMs) {
      const here = await memory.claim(issuer, jti, expiresAtMs).catch((cause: unknown) => ({ cause }));
      if (here === false) return false;
      try {
        return await within(timeoutMs, shared.claim(issuer, jti, expiresAtMs));
      } catch (cause) {
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
