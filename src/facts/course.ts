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
  /** What the whole number does not exceed; absent when nothing tells. */
  readonly numberAtMost: number | undefined;
  /** First and last day of contact; absent when no day is known. */
  readonly first: Day | undefined;
  readonly last: Day | undefined;
  /** Last minus first, in days; absent when no day is known. */
  readonly spanDays: number | undefined;
  readonly spanKnown: boolean;
  /** `spanDays` without the pauses that are too long to be treatment. */
  readonly activeDays: number | undefined;
  readonly longestPauseDays: number | undefined;
}

/**
 * Adds up what contacts and series say, one after the other in the order of the days on which they begin: distinct days
 * count once, a series counts as the number it states, and a contact or series of which day or number is unreadable
 * leaves the whole open instead of counting as none. Contacts of which the month or the year is told are as many, at least, as
 * there are of these that share no day.
 */
export class Course {
  #number = 0;
  #numberKnown = true;
  #atMost: number | undefined = 0;
  #spanKnown = true;
  #lastSingle: Day | undefined;
  /** The last day that a counted contact can be of. */
  #lastCounted = -1;
  #first: Reading | undefined;
  #latest: Reading | undefined;
  #pauses = 0;
  #longestPauseDays = 0;

  constructor(private readonly pauseDays: number) {}

  add(read: Reading): void {
    const { stretch, begin, end, number, atMost, single } = read;
    if (number === undefined) this.#numberKnown = false;
    if (stretch === undefined || !read.spanKnown) this.#spanKnown = false;
    // One that can be of a day that is counted already may be of that day.
    const counted = single && end <= this.#lastCounted;
    if (!counted) this.#number += single ? 1 : (number ?? 0);
    if (single && !counted) this.#lastCounted = begin;
    const again = single && stretch !== undefined && stretch.from === this.#lastSingle;
    if (atMost === undefined) this.#atMost = undefined;
    else if (!again && this.#atMost !== undefined) this.#atMost += atMost;
    if (single && stretch !== undefined) this.#lastSingle = stretch.from;
    if (begin === UNTOLD) return;
    this.#first ??= read;
    const latest = this.#latest;
    if (latest !== undefined && begin > latest.end) {
      const pause = begin - latest.end;
      if (pause > this.#longestPauseDays) this.#longestPauseDays = pause;
      if (pause > this.pauseDays) this.#pauses += pause;
    }
    if (latest === undefined || end > latest.end) this.#latest = read;
  }

  figures(): CourseFigures {
    const [first, latest] = [this.#first, this.#latest];
    // Between contacts that may be of one day there may be none.
    const apart = first === undefined || latest === undefined ? -1 : latest.end - first.begin;
    const spanDays = apart < 0 ? undefined : apart;
    return {
      number: this.#number,
      numberKnown: this.#numberKnown,
      numberAtMost: this.#atMost,
      spanKnown: this.#spanKnown,
      first: first?.stretch?.from,
      last: latest?.stretch?.to,
      spanDays,
      activeDays: spanDays === undefined ? undefined : spanDays - this.#pauses,
      longestPauseDays: spanDays === undefined ? undefined : this.#longestPauseDays,
    };
  }
}

/** Later than any day. */
const UNTOLD = Number.MAX_SAFE_INTEGER;

/** What one row says inside a window. */
export interface Reading {
  /** Number of contacts it stands for; absent when not told. */
  readonly number: number | undefined;
  /** What that number does not exceed; absent when nothing tells. */
  readonly atMost: number | undefined;
  readonly stretch: Window | undefined;
  /**
   * The number of the last day on which it may begin and of the first on which it may end; for one contact of which the month or year is told
   * the latter comes first. Those of which neither is known come after all others.
   */
  readonly begin: number;
  readonly end: number;
  readonly spanKnown: boolean;
  /** One contact on one day, be it one of a month or year. */
  readonly single: boolean;
}

/** Reads one row; nothing when all of it lies outside the window. */
export function readContact(row: Row, window: Window | undefined): Reading | undefined {
  const on = dayOf(row['on']);
  const from = on ?? dayOf(row['from']);
  const to = on ?? dayOf(row['to']);
  const number = typeof row['number'] === 'number' ? row['number'] : undefined;
  if (from === undefined && to === undefined) return reading({ number, atMost: number });
  if (on !== undefined && on.length === 10) return readDay(on, number, window);
  const begin = boundsOf((from ?? to)!);
  const end = boundsOf((to ?? from)!);
  // Days that come in the wrong order tell no days, and not whether any of it was inside.
  if (end.last < begin.first) return reading({});
  // A contact on a day that is not told is one at most; of a series no more were inside than it had, whichever was told.
  const atMost = number ?? (on === undefined ? undefined : 1);
  if (window !== undefined) {
    // A side that is not told may lie anywhere: it neither keeps a stretch out of the window nor puts it inside.
    if (to !== undefined && end.last < window.from) return undefined;
    if (from !== undefined && begin.first > window.to) return undefined;
    // What may lie outside as a whole gives no number.
    if (end.first < window.from || begin.last > window.to) return reading({ atMost });
  }
  const inside = window === undefined || (begin.first >= window.from && end.last <= window.to);
  // How many contacts of a series that goes on outside the window were inside, nobody told, but where that was what was asked.
  const counted = inside || (row['numberSinceWindow'] === true && end.last <= window.to);
  const precise = from !== undefined && to !== undefined && from.length === 10 && to.length === 10;
  // More contacts than there are days, or a single one on two days: one of the figures is wrong, and which is not told.
  if (precise && number !== undefined) {
    // Where those inside are told, those days alone have to hold them.
    const first = inside || !counted ? begin.first : window.from;
    if (!isPossible(number, first, end.last, inside)) return reading({});
  }
  if (precise && from === to) {
    // What may go on after its one day is one contact at least.
    const whole = number !== undefined || row['goesOn'] !== true;
    return reading({
      number: whole ? (number ?? 1) : undefined,
      stretch: { from, to },
      spanKnown: whole,
      single: number === undefined,
    });
  }
  if (on !== undefined && number === undefined)
    return { ...reading({ atMost, single: true }), begin: dayNumber(begin.last), end: dayNumber(begin.first) };
  // Of an imprecise date only what is certain is used: the last day it may begin and the first it may end.
  const stretch = clip({ from: begin.last, to: end.first }, window);
  return reading({
    number: counted ? number : undefined,
    atMost,
    stretch: stretch.from <= stretch.to ? stretch : undefined,
    spanKnown: precise,
  });
}

/** Of a series that goes on outside the window the number may be that of the days inside, so a single one is possible. */
function isPossible(number: number, first: Day, last: Day, inside: boolean): boolean {
  const days = dayNumber(last) - dayNumber(first) + 1;
  return number <= days && (number !== 1 || days === 1 || !inside);
}

/** One day, as most contacts are. */
function readDay(day: Day, number: number | undefined, window: Window | undefined): Reading | undefined {
  if (window !== undefined && !isInside(day, window)) return undefined;
  return reading({
    number: number ?? 1,
    stretch: { from: day, to: day },
    spanKnown: true,
    single: number === undefined,
  });
}

/** Whether a day counts; both ends of the window do. */
export function isInside(day: Day, { from, to }: Window): boolean {
  return day >= from && day <= to;
}

function reading(told: Partial<Omit<Reading, 'begin' | 'end'>>): Reading {
  const { number, atMost = number, stretch, spanKnown = false, single = false } = told;
  const begin = stretch === undefined ? UNTOLD : dayNumber(stretch.from);
  const end = stretch === undefined || stretch.to === stretch.from ? begin : dayNumber(stretch.to);
  return { number, atMost, stretch, begin, end, spanKnown, single };
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
