import { deoptimise } from './deoptimise.js';
import { TimeSpan } from './item.js';
import type { Moment } from './moment.js';
import { daysIn } from '../logic/calendar.js';
import { parseMoment } from './moment.js';

type CalendarUnit = 'month' | 'day';

/** What a written unit of time counts: so many months or so many days. */
const UNITS: Readonly<Record<string, readonly [amount: number, unit: CalendarUnit, precision: number]>> = {
  year: [12, 'month', 0],
  years: [12, 'month', 0],
  month: [1, 'month', 1],
  months: [1, 'month', 1],
  week: [7, 'day', 2],
  weeks: [7, 'day', 2],
  day: [1, 'day', 2],
  days: [1, 'day', 2],
};

/** Reads an amount of calendar time such as `2 years` or `84 days`; other quantities are left to the reference engine. */
export function parseTimeSpan(text: string): TimeSpan {
  const found = /^(\d{1,9}) ?([a-z]+)$/.exec(text);
  const unit = found?.[2] ?? '';
  if (found === null || !Object.hasOwn(UNITS, unit)) return deoptimise();
  return new TimeSpan(Number(found[1]), unit);
}

/**
 * The day (month, year) a number of calendar units after or before another; the end of a shorter month is its last day.
 *
 * @param sign 1 to add, -1 to subtract
 * @source FHIRPath 2.0.0 §6.6.7 Date/Time Arithmetic
 */
export function addTime(moment: Moment, span: TimeSpan, sign: 1 | -1): Moment {
  const [amount, unit, precision] = UNITS[span.unit] ?? deoptimise();
  if (moment.kind !== 'date' || moment.precision < precision || !Number.isInteger(span.value)) deoptimise();
  const steps = sign * amount * span.value;
  const shifted = unit === 'month' ? addMonths(moment, steps) : addDays(moment, steps);
  const [year, month, day] = shifted;
  if (!(year >= 1000 && year <= 9999)) deoptimise();
  const text = `${year}-${two(month)}-${two(day)}`.slice(0, [4, 7, 10][moment.precision]);
  return parseMoment('date', text) ?? deoptimise();
}

function addMonths(moment: Moment, months: number): readonly [number, number, number] {
  const index = moment.year * 12 + moment.month - 1 + months;
  const year = Math.floor(index / 12);
  const month = (index % 12) + 1;
  return [year, month, Math.min(moment.day, daysIn(year, month))];
}

function addDays(moment: Moment, days: number): readonly [number, number, number] {
  const at = new Date(Date.UTC(moment.year, moment.month - 1, moment.day) + days * 86_400_000);
  return [at.getUTCFullYear(), at.getUTCMonth() + 1, at.getUTCDate()];
}

function two(value: number): string {
  return value < 10 ? `0${value}` : String(value);
}
