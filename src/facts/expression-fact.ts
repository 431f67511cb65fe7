import { asArray, type Expression } from '../fhirpath/expression.js';
import { days } from './days.js';
import { evaluationOf, type Fact } from './fact.js';
import { usageOf } from './usage.js';

/** A fact that is one FHIRPath expression; as a `day`, every value becomes a calendar day and unreadable ones fall out. */
export function expressionFact(name: string, expression: Expression, asDay: boolean): Fact {
  return {
    name,
    ...usageOf([expression]),
    holds: asDay ? 'value' : expression.gives,
    asked: { name, expression, as: asDay ? days : undefined },
    compute: (scope) => {
      const answer = expression.answer(evaluationOf(scope));
      return asArray(asDay ? days(answer) : answer);
    },
  };
}
