import { daysIn } from '../logic/calendar.js';
import { deoptimise } from './deoptimise.js';

/** Which of FHIRPath's points in time: a `date` stops at the day; an `instant` is known to the second, with its zone. */
export type MomentKind = 'date' | 'dateTime' | 'instant';

/**
 * A point in time as far as it is known.
 *
 * @source FHIRPath 2.0.0 §4.1.5-4.1.6 (literals), FHIR R4 datatypes date, dateTime, instant
 */
export class Moment {
  constructor(
    readonly kind: MomentKind,
    readonly text: string,
    /** 0 year, 1 month, 2 day, 3 hour, 4 minute, 5 second and finer. */
    readonly precision: number,
    readonly year: number,
    readonly month: number,
    readonly day: number,
    readonly clock: ClockTime | undefined,
  ) {}
}

interface ClockTime {
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly millisecond: number;
  /** Minutes east of UTC; absent when the text names no zone. */
  readonly offset: number | undefined;
}

const CLOCK =
  /^T([01]\d|2[0-3])(?::([0-5]\d)(?::([0-5]\d|60)(?:\.(\d+))?)?)?(Z|[+-](?:0\d|1[0-3]):[0-5]\d|[+-]14:00)?$/;

/**
 * Reads a date, dateTime or instant; nothing when the text is none.
 */
export function parseMoment(kind: MomentKind, text: string): Moment | undefined {
  const year = digits(text, 0, 4);
  if (year < 0) return undefined;
  let month = 0;
  let day = 0;
  let end = 4;
  if (text[4] === '-') {
    month = digits(text, 5, 2);
    end = 7;
    if (month < 1 || month > 12) return undefined;
    if (text[7] === '-') {
      day = digits(text, 8, 2);
      end = 10;
      if (day < 1 || day > daysIn(year, month)) return undefined;
    }
  }
  if (year < 100) deoptimise();
  if (text.length === end) {
    if (kind === 'instant') return undefined;
    return new Moment(kind, text, day > 0 ? 2 : month > 0 ? 1 : 0, year, month || 1, day || 1, undefined);
  }
  if (kind === 'date') return undefined;
  const rest = text.slice(end);
  // A bare closing `T` marks a partial dateTime; rare enough to leave to the reference engine.
  if (text.endsWith('T')) deoptimise();
  const found = day > 0 ? CLOCK.exec(rest) : null;
  if (found === null) return undefined;
  const [, hour, minute, second, fraction, zone] = found;
  if (kind === 'instant' && (second === undefined || zone === undefined)) return undefined;
  if (second === '60' || (fraction !== undefined && fraction.length !== 3) || zone?.startsWith('-00')) deoptimise();
  return new Moment(kind, text, minute === undefined ? 3 : second === undefined ? 4 : 5, year, month, day, {
    hour: Number(hour),
    minute: Number(minute ?? 0),
    second: Number(second ?? 0),
    millisecond: Number(fraction ?? 0),
    offset: zone === undefined ? undefined : offsetOf(zone),
  });
}

function offsetOf(zone: string): number {
  if (zone === 'Z') return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4));
  return zone.startsWith('-') ? -minutes : minutes;
}

function digits(text: string, from: number, length: number): number {
  let value = 0;
  for (let at = from; at < from + length; at += 1) {
    const digit = text.charCodeAt(at) - 48;
    if (!(digit >= 0 && digit <= 9)) return -1;
    value = value * 10 + digit;
  }
  return value;
}

/** Milliseconds since the epoch of a moment's beginning; without a zone, in the machine's own, as the reference does. */
function epochMs(moment: Moment): number {
  const { clock } = moment;
  const local = new Date(
    moment.year,
    moment.month - 1,
    moment.day,
    clock?.hour ?? 0,
    clock?.minute ?? 0,
    clock?.second ?? 0,
    clock?.millisecond ?? 0,
  );
  if (clock?.offset === undefined) return local.getTime();
  return local.getTime() - (local.getTimezoneOffset() + clock.offset) * 60_000;
}

/**
 * Whether a moment comes before (negative), with (0) or after (positive) another; nothing when they agree as far as
 * the less precise one goes.
 */
export function compareMoments(left: Moment, right: Moment): number | undefined {
  const precision = Math.min(left.precision, right.precision);
  const difference =
    left.clock === undefined && right.clock === undefined
      ? dayNumber(left, precision) - dayNumber(right, precision)
      : atPrecision(left, precision) - atPrecision(right, precision);
  return difference === 0 && left.precision !== right.precision ? undefined : difference;
}

function dayNumber(moment: Moment, precision: number): number {
  return moment.year * 10_000 + (precision > 0 ? moment.month * 100 : 0) + (precision > 1 ? moment.day : 0);
}

function atPrecision(moment: Moment, precision: number): number {
  const ms = epochMs(moment);
  if (precision >= moment.precision) return ms;
  const at = new Date(ms);
  return new Date(
    at.getFullYear(),
    precision > 0 ? at.getMonth() : 0,
    precision > 1 ? at.getDate() : 1,
    precision > 2 ? at.getHours() : 0,
    precision > 3 ? at.getMinutes() : 0,
  ).getTime();
}

/** Whether two moments are the same; nothing when only the less precise one's part of them is. */
export function sameMoment(left: Moment, right: Moment): boolean | undefined {
  if (left.kind !== right.kind && left.kind !== 'dateTime' && right.kind !== 'dateTime') return false;
  if (left.precision === right.precision) {
    return left.clock === undefined && right.clock === undefined
      ? dayNumber(left, 2) === dayNumber(right, 2)
      : epochMs(left) === epochMs(right);
  }
  const ours = fields(left);
  const theirs = fields(right);
  for (let at = 0; at <= Math.min(left.precision, right.precision); at += 1) {
    if (ours[at] !== theirs[at]) return false;
  }
  return undefined;
}

/** Year to second, in UTC for a moment that has a time; a day has no zone and stays that day. */
function fields(moment: Moment): readonly number[] {
  if (moment.clock === undefined) return [moment.year, moment.month, moment.day];
  const at = new Date(epochMs(moment));
  return [
    at.getUTCFullYear(),
    at.getUTCMonth() + 1,
    at.getUTCDate(),
    at.getUTCHours(),
    at.getUTCMinutes(),
    at.getUTCSeconds(),
  ];
}
