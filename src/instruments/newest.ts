import { boundsOf, placeInTime } from '../logic/calendar.js';
import type { Score } from '../schemas/verdict.js';
import type { MeasuredOn } from './measured-on.js';

/** A score with what decides which of two is the newer. */
export interface RankedScore {
  readonly score: Score;
  readonly atMs: number | undefined;
  readonly fromItems: boolean;
  /** An instant as it was written; what cannot be read is the oldest. */
  readonly lastUpdated: string;
}

/**
 * Orders scores from old to new, whatever the order in which they came. First by day: no date is the oldest, and a
 * month or year stands before the days in it. On one day the later time is the newer, and no time is the start of
 * the day. Then a score from item answers goes before a bare total, because it can be checked; then the resource
 * that was updated last; then, only so that there is one answer, the reference, the value and the range.
 */
export function fromOldToNew(a: RankedScore, b: RankedScore): number {
  return (
    compare(a.score.date ?? '', b.score.date ?? '') ||
    compare(a.atMs ?? Number.NEGATIVE_INFINITY, b.atMs ?? Number.NEGATIVE_INFINITY) ||
    compare(a.fromItems ? 1 : 0, b.fromItems ? 1 : 0) ||
    compareInstants(a.lastUpdated, b.lastUpdated) ||
    compare(a.score.reference, b.score.reference) ||
    compare(a.score.value, b.score.value) ||
    compare(a.score.max, b.score.max)
  );
}

/** Whether something measured may be as new as a score: unless it is older for sure. */
export function mayBeAsNew(measured: MeasuredOn, { score, atMs }: RankedScore): boolean {
  if (measured.date === undefined || score.date === undefined) return true;
  if (measured.atMs !== undefined && atMs !== undefined) return measured.atMs >= atMs;
  return boundsOf(measured.date).last >= boundsOf(score.date).first;
}

function compareInstants(a: string, b: string): number {
  // Nothing is read of texts that are the same, as of resources without one.
  return a === b ? 0 : compare(placeInTime(a), placeInTime(b));
}

function compare<T extends string | number>(a: T, b: T): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
