import type { Expression } from '../fhirpath/expression.js';
import { calendarDay, isAfter } from '../logic/calendar.js';
import { referenceTo, type Resource } from '../schemas/resource.js';
import { evaluationOf, type Fact } from './fact.js';
import { usageOf } from './usage.js';

export interface NewestPlan {
  readonly of: Expression;
  /** The date of a resource. */
  readonly on: Expression;
  /** What is dated after this calendar day falls out. */
  readonly until?: Expression;
}

/**
 * Resources, newest first by a date of theirs. A resource without a readable date comes last; a tie is settled by
 * reference, so that the order of entries in the record never matters.
 */
export function newestFact(name: string, { of, on, until }: NewestPlan): Fact {
  return {
    name,
    ...usageOf(until === undefined ? [of, on] : [of, on, until]),
    holds: of.gives,
    compute: (scope) => {
      const all = of.evaluate(evaluationOf(scope)) as readonly Resource[];
      if (all.length === 0) return all;
      const last = until?.evaluate(evaluationOf(scope))[0];
      if (all.length === 1 && last === undefined) return all;
      return all
        .map((resource) => {
          const date = on.evaluate(evaluationOf(scope, resource, resource))[0];
          return { resource, date, at: sortKey(date), reference: referenceTo(resource) ?? '' };
        })
        .filter(({ date }) => typeof last !== 'string' || !fallsAfter(date, last))
        .sort((a, b) => b.at - a.at || (a.reference < b.reference ? 1 : -1))
        .map(({ resource }) => resource);
    },
  };
}

/** A date that cannot be read lies after nothing. */
function fallsAfter(date: unknown, last: string): boolean {
  const on = calendarDay(date);
  return on !== undefined && isAfter(on, last);
}

function sortKey(value: unknown): number {
  if (calendarDay(value) === undefined) return Number.NEGATIVE_INFINITY;
  const epochMs = Date.parse(value as string);
  return Number.isNaN(epochMs) ? Number.NEGATIVE_INFINITY : epochMs;
}
