import type { Expression } from '../fhirpath/expression.js';
import { calendarDay } from '../logic/calendar.js';
import { referenceTo, type Resource } from '../schemas/resource.js';
import { evaluationOf, type Fact } from './fact.js';
import { usageOf } from './usage.js';

/**
 * Resources, newest first by a date of theirs. A resource without a readable date comes last; a tie is settled by
 * reference, so that the order of entries in the record never matters.
 */
export function newestFact(name: string, of: Expression, on: Expression): Fact {
  return {
    name,
    ...usageOf([of, on]),
    holds: of.gives,
    compute: (scope) => {
      const found = of.evaluate(evaluationOf(scope)) as readonly Resource[];
      if (found.length < 2) return found;
      return found
        .map((resource) => ({
          resource,
          at: sortKey(on.evaluate(evaluationOf(scope, resource, resource))[0]),
          reference: referenceTo(resource) ?? '',
        }))
        .sort((a, b) => b.at - a.at || (a.reference < b.reference ? 1 : -1))
        .map(({ resource }) => resource);
    },
  };
}

function sortKey(value: unknown): number {
  if (calendarDay(value) === undefined) return Number.NEGATIVE_INFINITY;
  const epochMs = Date.parse(value as string);
  return Number.isNaN(epochMs) ? Number.NEGATIVE_INFINITY : epochMs;
}
