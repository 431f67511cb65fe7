import { createLastingReplayGuard } from '../auth/lasting-replay-guard.js';
import { createMemoryReplayGuard } from '../auth/memory-replay-guard.js';
import { createSharedReplayGuard } from '../auth/shared-replay-guard.js';
import { systemClock } from '../clock.js';
import type { Config } from '../config/config.js';
import type { Log } from '../schemas/log.js';
import type { ReplayGuard } from '../schemas/replay.js';
import { failureCode } from '../store/failure.js';

/** How long the shared replay guard may take before this process decides alone. */
const TIMEOUT_MS = 250;

export interface ComposedReplayGuard {
  readonly guard: ReplayGuard;
  /** Keeps what has not been kept yet. */
  flush(): Promise<void>;
}

/**
 * What sees to it that no token is used twice: the store where several processes share it, else this process's memory, with the store
 * behind it for the next start.
 */
export function composeReplayGuard(config: Config, store: ReplayGuard, log: Log): ComposedReplayGuard {
  const memory = createMemoryReplayGuard(systemClock, config.auth.replayCapacity);
  const told =
    (sentence: string) =>
    (cause: unknown): void =>
      log.warn({ part: 'replay', code: failureCode(cause) }, sentence);
  const both = createSharedReplayGuard({
    memory,
    shared: store,
    timeoutMs: TIMEOUT_MS,
    onOutage: told('the store did not say whether a token was used before; this process decided alone'),
  });
  const shared = config.store.kind === 'postgresql' || config.http.workers > 1;
  if (shared) return { guard: both, flush: () => Promise.resolve() };
  const guard = createLastingReplayGuard({
    memory,
    kept: store,
    both,
    clock: systemClock,
    longestMs: 1000 * (config.auth.tokenMaxLifetimeSeconds + 2 * config.auth.clockSkewSeconds),
    onOutage: told('that a token was used could not be kept; after a restart it may be taken again'),
  });
  return { guard, flush: () => guard.flush() };
}
