import { testPass } from '../fhirpath/code/pass.js';
import type { Expression } from '../fhirpath/expression.js';
import { evaluationOf, type FactScope, type Row } from './fact.js';
import { sharedAnswers } from './shared-answers.js';

/** Tells for each row of a table whether a condition is true of it. */
export function rowTest(condition: Expression): (scope: FactScope, rows: readonly Row[]) => readonly boolean[] {
  const pass = testPass(condition);
  return (scope, rows) => {
    const answers = pass?.(evaluationOf(scope), rows);
    if (answers !== undefined) return answers;
    const test = sharedAnswers(condition, scope);
    return rows.map((row) => test(row)[0] === true);
  };
}
