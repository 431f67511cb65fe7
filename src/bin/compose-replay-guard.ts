import { createExpiryClock } from '../auth/expiry-clock.js';
import { createLastingReplayGuard, type LastingReplayGuard } from '../auth/lasting-replay-guard.js';
import { createMemoryReplayGuard } from '../auth/memory-replay-guard.js';
import { createSharedReplayGuard } from '../auth/shared-replay-guard.js';
import { systemClock } from '../clock.js';
import type { Config } from '../config/config.js';
import type { Log } from '../schemas/log.js';
import type { ReplayGuard } from '../schemas/replay.js';
import { failureCode, isBusy } from '../store/failure.js';

/** How long a call waits to hear whether its token was used: as long as the embedded file is waited for, and a connection to a database. */
const EMBEDDED_TIMEOUT_MS = 5_000;
const DATABASE_TIMEOUT_MS = 3_000;
/** The same while a database is away. */
const AWAY_TIMEOUT_MS = 250;

/**
 * What sees to it that no token is used twice: the store where several processes share it, else this process's memory, with the store
 * behind it for the next start.
 */
export function composeReplayGuard(config: Config, store: ReplayGuard, log: Log): LastingReplayGuard {
  const longestMs = 1000 * (config.auth.tokenMaxLifetimeSeconds + 2 * config.auth.clockSkewSeconds);
  const clock = createExpiryClock(systemClock, () => performance.now(), longestMs);
  const memory = createMemoryReplayGuard(clock, config.auth.replayCapacity);
  const told =
    (sentence: string) =>
    (cause: unknown): void =>
      log.warn({ part: 'replay', code: failureCode(cause) }, sentence);
  const database = 'databaseUrl' in config.store;
  const both = createSharedReplayGuard({
    memory,
    shared: store,
    timeoutMs: database ? DATABASE_TIMEOUT_MS : EMBEDDED_TIMEOUT_MS,
    awayTimeoutMs: database ? AWAY_TIMEOUT_MS : EMBEDDED_TIMEOUT_MS,
    // There is nothing between this process and an embedded file: it is there or it fails, and lateness is load.
    isOutage: (cause) => database || !isBusy(cause),
    onOutage: told('the store did not say whether a token was used before; this process decided alone'),
  });
  if (database || config.http.workers > 1) return { ...both, flush: () => Promise.resolve() };
  return createLastingReplayGuard({
    memory,
    kept: store,
    both,
    clock,
    longestMs,
    onOutage: told('that a token was used could not be kept; after a restart it may be taken again'),
  });
}
