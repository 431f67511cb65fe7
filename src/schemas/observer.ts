import type { Outcome } from './verdict.js';

/**
 * Where the road reports what happened, for metrics.
 *
 * Every text comes from a closed list of ours (service ids, outcomes, reason codes, causes), never from a request.
 */
export interface Observer {
  /** One order was assessed; `unknownReasons` are the reason codes of its criteria that stayed unknown. */
  assessed(service: string, outcome: Outcome, unknownReasons: readonly string[]): void;
  /** What was fetched for one prefetch key, all pages together, or one role that the record refers to, is there: `ok`, or the cause of its failure (for example `timeout`, `http-403`). */
  fetched(result: string, seconds: number): void;
  /** A write to the store ended. */
  stored(kind: 'receipt' | 'feedback', result: 'ok' | 'failed' | 'dropped', count: number): void;
}

export const silentObserver: Observer = {
  assessed: () => undefined,
  fetched: () => undefined,
  stored: () => undefined,
};
