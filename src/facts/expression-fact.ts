import { type Asked, answerTo } from '../fhirpath/code/pass.js';
import { asArray } from '../fhirpath/expression.js';
import { evaluationOf, type Fact } from './fact.js';
import { usageOf } from './usage.js';

/** A fact that is one FHIRPath expression. */
export function expressionFact(asked: Asked): Fact {
  const { name, expression, as } = asked;
  return {
    name,
    ...usageOf([expression]),
    holds: as === undefined ? expression.gives : 'value',
    asked,
    compute: (scope) => asArray(answerTo(asked, evaluationOf(scope))),
  };
}
