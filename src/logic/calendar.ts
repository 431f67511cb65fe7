import { type Day, dayOfInstant } from '../clock.js';

const MS_PER_DAY = 86_400_000;
const PARTIAL_DAY = /^\d{4}(-\d{2})?$/;
/** A time of a day, in a zone no further than 14 hours from Greenwich. */
const INSTANT = /^\d{4}-\d{2}-\d{2}T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d+)?)?(Z|[+-](0\d|1[0-3]):[0-5]\d|[+-]14:00)$/;

/** Whether a text is one existing calendar day, `YYYY-MM-DD`. */
export function isDay(text: string): boolean {
  if (text.length !== 10 || text[4] !== '-' || text[7] !== '-') return false;
  for (let at = 0; at < 10; at += 1) if (at !== 4 && at !== 7 && !isDigit(text.charCodeAt(at))) return false;
  const [month, day] = [twoDigits(text, 5), twoDigits(text, 8)];
  // Every month has its first 28 days.
  return isMonth(month) && day >= 1 && (day <= 28 || day <= daysIn(Number(text.slice(0, 4)), month));
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

function isMonth(month: number): boolean {
  return month >= 1 && month <= 12;
}

/**
 * The number of days in a month of the Gregorian calendar.
 *
 * @param month 1 to 12
 */
export function daysIn(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** Whether a text is a day, a month or a year as FHIR writes them: `2026-11-03`, `2026-11` or `2026`. */
export function isPartialDay(text: string): boolean {
  if (text.length > 7 || !PARTIAL_DAY.test(text)) return isDay(text);
  return text.length === 4 || (Number(text.slice(5)) >= 1 && Number(text.slice(5)) <= 12);
}

/**
 * The calendar day of a FHIR date or dateTime; a partial date stays partial.
 *
 * An instant is placed on the Dutch calendar day on which it falls. A text that is none of these gives nothing, and so does
 * an instant outside the years 0000 to 9999: an unreadable date is never guessed.
 */
export function calendarDay(text: unknown): string | undefined {
  if (typeof text !== 'string') return undefined;
  if (text.length <= 10) return isPartialDay(text) ? text : undefined;
  // `Date.parse` takes 30 February for 2 March.
  if (!INSTANT.test(text) || !isDay(text.slice(0, 10))) return undefined;
  const epochMs = Date.parse(text);
  const day = dayOfInstant(epochMs);
  return day.length === 10 ? day : undefined;
}

/**
 * Where a FHIR date or dateTime stands among others, in milliseconds since the epoch: an instant at itself, a day, month
 * or year where it begins. What cannot be read stands before all that can.
 */
export function placeInTime(text: unknown): number {
  if (calendarDay(text) === undefined) return Number.NEGATIVE_INFINITY;
  const epochMs = Date.parse(text as string);
  return Number.isNaN(epochMs) ? Number.NEGATIVE_INFINITY : epochMs;
}

/** Whether all of a day, month or year lies after a calendar day; text order has `2026-12` before `2026-12-01`. */
export function isAfter(date: string, day: Day): boolean {
  return date > day;
}

/**
 * The calendar day some days later, or earlier when negative.
 *
 * @param day `YYYY-MM-DD`, so many days from either end of the years 0000 to 9999
 */
export function addDays(day: Day, days: number): Day {
  return new Date(Date.parse(day) + days * MS_PER_DAY).toISOString().slice(0, 10);
}

/** Days from one calendar day to another; negative when the second comes first. */
export function daysBetween(first: Day, last: Day): number {
  return dayNumber(last) - dayNumber(first);
}

/**
 * The number of a calendar day, counted from 1 March of the year 0.
 * @source The Gregorian calendar: 97 leap years in 400; with March first, the day that some years have more is the last one
 */
export function dayNumber(day: Day): number {
  const month = (twoDigits(day, 5) + 9) % 12;
  const year = twoDigits(day, 0) * 100 + twoDigits(day, 2) - (month > 9 ? 1 : 0);
  const leapDays = Math.floor(year / 4) - Math.floor(year / 100) + Math.floor(year / 400);
  return year * 365 + leapDays + Math.floor((month * 153 + 2) / 5) + twoDigits(day, 8) - 1;
}

function twoDigits(text: string, at: number): number {
  return text.charCodeAt(at) * 10 + text.charCodeAt(at + 1) - 528;
}

/** The first and the last calendar day that a day, month or year can stand for. */
export function boundsOf(partial: string): { readonly first: Day; readonly last: Day } {
  if (partial.length === 4) return { first: `${partial}-01-01`, last: `${partial}-12-31` };
  if (partial.length === 10) return { first: partial, last: partial };
  const lastDay = daysIn(Number(partial.slice(0, 4)), Number(partial.slice(5)));
  return { first: `${partial}-01`, last: `${partial}-${lastDay}` };
}
