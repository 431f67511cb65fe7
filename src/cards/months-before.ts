import type { Day } from '../clock.js';
import { boundsOf } from '../logic/calendar.js';

const MONTHS = /^(\d+) months?$/;

/** The number of months in `6 months`; nothing for a duration of another form. */
export function monthsIn(duration: string): number | undefined {
  const months = MONTHS.exec(duration)?.[1];
  return months === undefined ? undefined : Number(months);
}

/** The calendar day some months before another; the last day of the month where that day does not exist. */
export function monthsBefore(day: Day, months: number): Day {
  const count = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1 - months;
  const month = `${String(Math.floor(count / 12)).padStart(4, '0')}-${String((count % 12) + 1).padStart(2, '0')}`;
  const { last } = boundsOf(month);
  const same = `${month}${day.slice(7)}`;
  return same < last ? same : last;
}
