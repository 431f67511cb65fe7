import { addDays, boundsOf, daysBetween } from '../../logic/calendar.js';

/** A stretch of days laid out over a stretch of a drawing. */
export interface TimeScale {
  readonly from: string;
  readonly to: string;
  /** Where a calendar day stands; days outside the stretch are put at its edge. */
  x(day: string): number;
}

export function timeScale(from: string, to: string, left: number, right: number): TimeScale {
  const days = Math.max(daysBetween(from, to), 1);
  return {
    from,
    to,
    x(day) {
      const share = Math.min(Math.max(daysBetween(from, day) / days, 0), 1);
      return rounded(left + share * (right - left));
    },
  };
}

/** The firsts of January and July from one day to another. */
export function halfYears(from: string, to: string): readonly string[] {
  const found: string[] = [];
  for (let year = Number(from.slice(0, 4)); year <= Number(to.slice(0, 4)); year += 1) {
    for (const month of ['01', '07']) {
      const day = `${String(year).padStart(4, '0')}-${month}-01`;
      if (day >= from && day <= to) found.push(day);
    }
  }
  return found;
}

/** The day in the middle of what a day, month or year can stand for. */
export function middleOf(partial: string): string {
  const { first, last } = boundsOf(partial);
  return addDays(first, Math.floor(daysBetween(first, last) / 2));
}

export function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}
