import { parseTimeSpan } from './calendar.js';
import { deoptimise } from './deoptimise.js';
import { TimeSpan } from './item.js';
import { Moment, parseMoment } from './moment.js';

/** One value as a date; nothing where it is none. Here and below nothing comes of nothing, and several values are an error. */
export function toDate(value: unknown): Moment | undefined {
  if (typeof value === 'string') return dateOf(value);
  if (value instanceof Moment) return value.kind === 'date' ? value : parseMoment('date', value.text.split('T')[0]!);
  return Array.isArray(value) ? deoptimise() : undefined;
}

// Few days are met again and again: thresholds, the day of the call, the days of one record's treatments.
const dates = new Map<string, Moment>();
const MOST_DATES = 2_000;

function dateOf(written: string): Moment | undefined {
  if (written.length !== 10) return parseMoment('date', written);
  let date = dates.get(written);
  if (date === undefined) {
    date = parseMoment('date', written);
    if (dates.size >= MOST_DATES) dates.clear();
    if (date !== undefined) dates.set(written, date);
  }
  return date;
}

/** An amount of calendar time; whatever else may be one is left to the reference engine. */
export function toQuantity(value: unknown): TimeSpan | undefined {
  if (value === undefined || value instanceof TimeSpan) return value;
  return typeof value === 'string' ? parseTimeSpan(value) : deoptimise();
}

export function toInteger(value: unknown): number | undefined {
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value === 'number') return Number.isInteger(value) ? value : undefined;
  if (typeof value === 'string') return /^[+-]?\d+$/.test(value) ? Number.parseInt(value, 10) : undefined;
  return Array.isArray(value) ? deoptimise() : undefined;
}

export function toDecimal(value: unknown): number | undefined {
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value === 'number') return value;
  if (typeof value === 'string') return /^[+-]?\d+(\.\d+)?$/.test(value) ? Number.parseFloat(value) : undefined;
  return Array.isArray(value) ? deoptimise() : undefined;
}

export function toText(value: unknown): string | undefined {
  if (value === undefined) return undefined;
  if (value instanceof Moment || value instanceof TimeSpan) return value.text;
  return typeof value === 'object' ? deoptimise() : String(value);
}
