import type { Clock } from '../clock.js';
import { failureCode } from './failure.js';
import type { Store, StoreLog } from './store.js';

export interface RetentionSchedule {
  readonly store: Pick<Store, 'applyRetention'>;
  readonly clock: Clock;
  readonly log: StoreLog;
  /** Client id to term in days. */
  readonly perClientDays: ReadonlyMap<string, number>;
  /** The term for clients that are no longer configured. */
  readonly otherDays: number;
  /** One hour unless said. */
  readonly everyMs?: number;
}

const HOUR_MS = 60 * 60 * 1000;

/**
 * Applies retention now and every so often. Several instances may do so on one database: what one has removed the other does not
 * find. A run that fails is logged and made up for by the next.
 *
 * @returns a function that ends it, a run that is under way after the transaction that it is in
 */
export function scheduleRetention(schedule: RetentionSchedule): () => Promise<void> {
  const { store, clock, log, perClientDays, otherDays, everyMs = HOUR_MS } = schedule;
  const stopping = new AbortController();
  let running: Promise<void> | undefined;
  const run = async (): Promise<void> => {
    try {
      const removed = await store.applyRetention(clock.nowMs(), perClientDays, otherDays, stopping.signal);
      if (removed.receipts + removed.feedback > 0) log.info(removed, 'what was past its term was removed');
    } catch (error) {
      log.warn({ code: failureCode(error) }, 'retention could not be applied and will be tried again');
    }
  };
  const start = (): void => {
    running ??= run().finally(() => (running = undefined));
  };
  start();
  const timer = setInterval(start, everyMs);
  timer.unref();
  return async () => {
    clearInterval(timer);
    stopping.abort();
    await running;
  };
}
