import { testPass } from '../fhirpath/code/pass.js';
import { first } from '../fhirpath/collection.js';
import type { Expression } from '../fhirpath/expression.js';
import { evaluationOf, type FactScope, type Row } from './fact.js';

/** Tells for each row of a table whether a condition is true of it. */
export function rowTest(condition: Expression): (scope: FactScope, rows: readonly Row[]) => readonly boolean[] {
  const pass = testPass(condition);
  return (scope, rows) => {
    const evaluation = evaluationOf(scope);
    return (
      pass?.(evaluation, rows) ??
      rows.map((row) => pass?.(evaluation, [row])?.[0] ?? first(condition.answer(evaluationOf(scope, row))) === true)
    );
  };
}
