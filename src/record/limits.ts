/** What gathering one record may cost. */
export interface GatherLimits {
  /** Time for everything that is fetched for one hook call. */
  readonly deadlineMs: number;
  /** Pages of one search, the prefetched one not counted. */
  readonly maxPages: number;
  /** Bytes of all answers for one hook call. */
  readonly maxBytes: number;
}

/** Where no server is called. */
export const NOTHING_FETCHED: GatherLimits = { deadlineMs: 0, maxPages: 0, maxBytes: 0 };
