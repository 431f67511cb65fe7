import type { Expression } from '../fhirpath/expression.js';
import { calendarDay } from '../logic/calendar.js';
import type { Fact } from './fact.js';
import { usageOf } from './usage.js';

/** A fact that is one FHIRPath expression; as a `day`, every value becomes a calendar day and unreadable ones fall out. */
export function expressionFact(name: string, expression: Expression, asDay: boolean): Fact {
  return {
    name,
    ...usageOf([expression]),
    compute: ({ record, variables }) => {
      const values = expression.evaluate({ record, variables });
      return asDay ? values.flatMap((value) => calendarDay(value) ?? []) : values;
    },
  };
}
