import { calendarDay } from '../logic/calendar.js';
import { isObject, type Json } from '../schemas/json-object.js';

/** When a measurement was taken, as far as its resource says so. */
export interface MeasuredOn {
  /** Calendar day, month or year; absent when not recorded or not readable. */
  readonly date?: string;
  /** Milliseconds since the epoch, when a time of day was recorded. */
  readonly atMs?: number;
  /** Something was recorded and could not be read. */
  readonly unreadable: boolean;
}

/**
 * The moment of an Observation (`effective[x]`, of a period its end) or of a QuestionnaireResponse (`authored`). A period of
 * which the end is not told may go on, so that its moment cannot be read.
 */
export function measuredOn(resource: Json): MeasuredOn {
  const period = isObject(resource['effectivePeriod']) ? resource['effectivePeriod'] : {};
  const recorded =
    resource['authored'] ??
    resource['effectiveDateTime'] ??
    resource['effectiveInstant'] ??
    period['end'] ??
    resource['effectivePeriod'] ??
    resource['effectiveTiming'];
  if (recorded === undefined || recorded === null) return { unreadable: false };
  const date = calendarDay(recorded);
  if (date === undefined || typeof recorded !== 'string') return { unreadable: true };
  const atMs = recorded.length > 10 ? Date.parse(recorded) : Number.NaN;
  return { date, ...(Number.isNaN(atMs) ? {} : { atMs }), unreadable: false };
}
