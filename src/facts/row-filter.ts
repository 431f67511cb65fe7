import { tablePass } from '../fhirpath/code/pass.js';
import type { Expression } from '../fhirpath/expression.js';
import { evaluationOf, type FactScope, type Row } from './fact.js';
import { sharedAnswers } from './shared-answers.js';

/** Keeps the rows of a table for which a condition is true. */
export function rowFilter(condition: Expression): (scope: FactScope, rows: readonly Row[]) => Row[] {
  const pass = tablePass([{ name: 'kept', expression: condition }], ['kept']);
  return (scope, rows) => {
    const answers = pass?.(evaluationOf(scope), rows);
    if (answers !== undefined) return rows.filter((_, at) => isTrue(answers[at]!['kept']));
    const keeps = sharedAnswers(condition, scope);
    return rows.filter((row) => keeps(row)[0] === true);
  };
}

/** The first value counts. */
function isTrue(answer: unknown): boolean {
  return (Array.isArray(answer) ? answer[0] : answer) === true;
}
