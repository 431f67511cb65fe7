/** What gathering one record may cost. */
export interface GatherLimits {
  /** Time for everything that is fetched for one hook call. */
  readonly deadlineMs: number;
  /** Pages of one search, the prefetched one not counted. */
  readonly maxPages: number;
  /** Bytes of one answer. */
  readonly maxResponseBytes: number;
  /** Bytes of all answers for one hook call. */
  readonly maxTotalBytes: number;
  /** Referenced practitioners, roles and organisations that are read one by one. */
  readonly maxReferences: number;
}

export const DEFAULT_GATHER_LIMITS: GatherLimits = {
  deadlineMs: 2000,
  maxPages: 20,
  maxResponseBytes: 10 * 1024 * 1024,
  maxTotalBytes: 25 * 1024 * 1024,
  maxReferences: 50,
};
