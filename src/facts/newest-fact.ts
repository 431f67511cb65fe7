import type { Expression } from '../fhirpath/expression.js';
import { boundsOf, calendarDay, isAfter, placeInTime } from '../logic/calendar.js';
import { settledOrder } from '../logic/settled-order.js';
import { referenceTo, type Resource } from '../schemas/resource.js';
import { evaluationOf, type Fact } from './fact.js';
import { usageOf } from './usage.js';

export interface NewestPlan {
  readonly of: Expression;
  /** The date of a resource. */
  readonly on: Expression;
  /** What is dated before this calendar day falls out, a partial date only when all of it lies before. */
  readonly since: Expression | undefined;
  /** What is dated after this calendar day falls out, a partial date only when all of it lies after. */
  readonly until: Expression | undefined;
  /**
   * `perhaps-newest` keeps the newest alone, with those of which it cannot be told that they are older; `dated` those of which the date
   * is told and can be read; absent: all.
   */
  readonly keep?: 'perhaps-newest' | 'dated' | undefined;
}

/**
 * Resources, newest first by a date of theirs. A resource without a readable date comes last; a tie is settled by
 * reference, and by its text where two have none, so that the order of entries in the record never matters.
 */
export function newestFact(name: string, { of, on, since, until, keep }: NewestPlan): Fact {
  const bounds = [since, until].filter((bound) => bound !== undefined);
  return {
    name,
    ...usageOf([of, on, ...bounds]),
    holds: of.gives,
    compute: (scope) => {
      const all = of.evaluate(evaluationOf(scope)) as readonly Resource[];
      if (all.length === 0) return all;
      if (all.length === 1 && bounds.length === 0 && keep !== 'dated') return all;
      const first = since?.evaluate(evaluationOf(scope))[0];
      const last = until?.evaluate(evaluationOf(scope))[0];
      const dated = all
        .map((resource) => {
          const date = on.evaluate(evaluationOf(scope, resource, resource))[0];
          return { json: resource, date, at: placeInTime(date), name: referenceTo(resource) };
        })
        .filter(({ date }) => !fallsOutside(date, first, last))
        .sort((a, b) => b.at - a.at || settledOrder(a, b));
      const newest = dated[0]?.date;
      const isKept = ({ date }: { readonly date: unknown }): boolean =>
        keep === 'dated' ? calendarDay(date) !== undefined : keep === undefined || !isOlder(date, newest);
      return dated.filter(isKept).map(({ json }) => json);
    },
  };
}

/** Whether one date lies before another for sure: two instants by the moment, others by the days that they can stand for. */
function isOlder(date: unknown, than: unknown): boolean {
  const [day, other] = [calendarDay(date), calendarDay(than)];
  if (day === undefined || other === undefined) return false;
  if (isInstant(date) && isInstant(than)) return placeInTime(date) < placeInTime(than);
  return boundsOf(day).last < boundsOf(other).first;
}

function isInstant(date: unknown): boolean {
  return typeof date === 'string' && date.length > 10;
}

/** A date that cannot be read lies before and after nothing. */
function fallsOutside(date: unknown, first: unknown, last: unknown): boolean {
  const on = calendarDay(date);
  if (on === undefined) return false;
  return (typeof first === 'string' && boundsOf(on).last < first) || (typeof last === 'string' && isAfter(on, last));
}
