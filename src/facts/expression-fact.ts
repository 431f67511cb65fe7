import type { Expression } from '../fhirpath/expression.js';
import { calendarDay } from '../logic/calendar.js';
import { evaluationOf, type Fact } from './fact.js';
import { usageOf } from './usage.js';

/** A fact that is one FHIRPath expression; as a `day`, every value becomes a calendar day and unreadable ones fall out. */
export function expressionFact(name: string, expression: Expression, asDay: boolean): Fact {
  return {
    name,
    ...usageOf([expression]),
    holds: asDay ? 'value' : expression.gives,
    compute: (scope) => {
      const values = expression.evaluate(evaluationOf(scope));
      return asDay ? values.flatMap((value) => calendarDay(value) ?? []) : values;
    },
  };
}
