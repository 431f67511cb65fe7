import type { Day } from '../clock.js';
import { boundsOf, dayNumber } from '../logic/calendar.js';
import type { Row } from './fact.js';

/** The days between which contacts count; both inclusive. */
export interface Window {
  readonly from: Day;
  readonly to: Day;
}

/** What a group of contacts adds up to. Numbers and spans are lower bounds where something could not be told. */
export interface CourseFigures {
  /** Days with a contact, plus the numbers that series state. */
  readonly number: number;
  /** Whether `number` is the whole number. */
  readonly numberKnown: boolean;
  /** First and last day of contact; absent when no day is known. */
  readonly first?: Day;
  readonly last?: Day;
  /** Last minus first, in days; absent when no day is known. */
  readonly spanDays?: number;
  readonly spanKnown: boolean;
  /** `spanDays` without the pauses that are too long to be treatment. */
  readonly activeDays?: number;
  readonly longestPauseDays?: number;
}

/**
 * Adds up contacts and series: distinct days count once, a series counts as the number it states, and a contact or
 * series of which day or number is unreadable leaves the whole open instead of counting as none.
 *
 * @param contacts rows with `on` (a contact's day), or `from` and `to` (a series), and `number` (of a series)
 * @returns nothing when no contact falls inside the window
 */
export function courseOf(
  contacts: readonly Row[],
  window: Window | undefined,
  pauseDays: number,
): CourseFigures | undefined {
  const readings = contacts.map((contact) => readContact(contact, window));
  return addedUp(
    readings.sort((a, b) => beginOf(a) - beginOf(b)),
    pauseDays,
  );
}

/** The number of the day on which a contact begins, by which contacts are put in order; those without a day come last. */
export function beginOf(reading: Reading | undefined): number {
  const from = reading?.stretch?.from;
  return from === undefined ? Number.MAX_SAFE_INTEGER : dayNumber(from);
}

/**
 * The same, of contacts that were read before.
 * @param contacts in the order of {@link beginOf}; those outside the window are left open
 */
export function addedUp(contacts: readonly (Reading | undefined)[], pauseDays: number): CourseFigures | undefined {
  let number = 0;
  let counted = 0;
  let numberKnown = true;
  let spanKnown = true;
  let lastSingle: Day | undefined;
  let first: Window | undefined;
  let latest: Day | undefined;
  let latestNumber = 0;
  let pauses = 0;
  let longestPauseDays = 0;
  for (const read of contacts) {
    if (read === undefined) continue;
    const { stretch } = read;
    counted += 1;
    if (read.number === undefined) numberKnown = false;
    if (stretch === undefined || !read.spanKnown) spanKnown = false;
    if (!read.single) number += read.number ?? 0;
    else if (stretch?.from !== lastSingle) number += 1;
    if (stretch === undefined) continue;
    if (read.single) lastSingle = stretch.from;
    first ??= stretch;
    if (latest !== undefined && stretch.from > latest) {
      const pause = dayNumber(stretch.from) - latestNumber;
      if (pause > longestPauseDays) longestPauseDays = pause;
      if (pause > pauseDays) pauses += pause;
    }
    if (latest === undefined || stretch.to > latest) {
      latest = stretch.to;
      latestNumber = dayNumber(latest);
    }
  }
  if (counted === 0) return undefined;
  if (first === undefined || latest === undefined) return { number, numberKnown, spanKnown };
  const spanDays = latestNumber - dayNumber(first.from);
  const span = { first: first.from, last: latest, spanDays, activeDays: spanDays - pauses, longestPauseDays };
  return { number, numberKnown, spanKnown, ...span };
}

/** What one row says inside a window. */
export interface Reading {
  /** Number of contacts it stands for; absent when not told. */
  readonly number?: number;
  readonly stretch?: Window;
  readonly spanKnown: boolean;
  /** One contact on one day. */
  readonly single: boolean;
}

/** Reads one row; nothing when all of it lies outside the window. */
export function readContact(row: Row, window: Window | undefined): Reading | undefined {
  const on = dayOf(row['on']);
  const from = on ?? dayOf(row['from']);
  const to = on ?? dayOf(row['to']);
  const number = typeof row['number'] === 'number' ? row['number'] : undefined;
  if (from === undefined && to === undefined) {
    return { ...(number === undefined ? {} : { number }), spanKnown: false, single: false };
  }
  if (on !== undefined && on.length === 10) return readDay(on, number, window);
  const begin = boundsOf((from ?? to)!);
  const end = boundsOf((to ?? from)!);
  if (window !== undefined && (end.last < window.from || begin.first > window.to)) return undefined;
  const precise = from !== undefined && to !== undefined && from.length === 10 && to.length === 10;
  if (precise && from === to) {
    return { number: number ?? 1, stretch: { from, to }, spanKnown: true, single: number === undefined };
  }
  // Of an imprecise date only what is certain is used: the last day it may begin and the first it may end.
  const stretch = clip({ from: begin.last, to: end.first }, window);
  const inside = stretch.from <= stretch.to ? { stretch } : {};
  return { ...(number === undefined ? {} : { number }), ...inside, spanKnown: precise, single: false };
}

/** One day, as most contacts are. */
function readDay(day: Day, number: number | undefined, window: Window | undefined): Reading | undefined {
  if (window !== undefined && (day < window.from || day > window.to)) return undefined;
  return { number: number ?? 1, stretch: { from: day, to: day }, spanKnown: true, single: number === undefined };
}

function clip(stretch: Window, window: Window | undefined): Window {
  if (window === undefined) return stretch;
  return {
    from: stretch.from < window.from ? window.from : stretch.from,
    to: stretch.to > window.to ? window.to : stretch.to,
  };
}

function dayOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
