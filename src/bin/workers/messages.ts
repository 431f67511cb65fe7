import type { MetricsSnapshot } from '../../http/summed-metrics.js';

/** What the first process says to a worker. */
export type ToWorker =
  | { readonly kind: 'stop' }
  | { readonly kind: 'snapshot-wanted'; readonly round: number }
  /** Without a page where none could be made. */
  | { readonly kind: 'metrics'; readonly question: number; readonly page?: string };

/** What a worker says to the first process. */
export type FromWorker =
  /** Without a snapshot where none could be made. */
  | { readonly kind: 'snapshot'; readonly round: number; readonly snapshot?: MetricsSnapshot }
  | { readonly kind: 'metrics-wanted'; readonly question: number };
