import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sharedAnswers } from '../../src/facts/shared-answers.js';
import { compileExpression } from '../../src/fhirpath/compile.js';
import { ExpressionFailed } from '../../src/fhirpath/expression.js';
import type { Resource } from '../../src/schemas/resource.js';
import { arbitraryExpression } from '../fhirpath/arbitrary-expression.js';
import { arbitraryRecord, arbitraryResource, arbitraryRow } from '../fhirpath/arbitrary-record.js';
import { memberOf, recordOf } from '../fhirpath/record.js';

const MEMBERS = [
  'status',
  'code',
  'coding',
  'performed',
  'start',
  'performer',
  'actor',
  'reference',
  'contained',
  'onset',
];
const COLUMNS = ['discipline', 'date', 'sessions', 'done', 'code', 'tags', 'session'];
const variables = { word: 'complaint', words: ['a', 'completed'], nothing: [] };

function outcome(evaluate: () => readonly unknown[]): unknown {
  try {
    return evaluate();
  } catch (error) {
    if (error instanceof ExpressionFailed) return 'failed';
    throw error;
  }
}

describe('answers shared by elements that agree in what an expression sees', () => {
  const record = (resources: readonly Resource[]) => ({ ...recordOf(resources), oneServer: true });

  it('are the answers that each would get by itself: resources', () => {
    fc.assert(
      fc.property(
        arbitraryExpression(MEMBERS, MEMBERS),
        arbitraryRecord,
        fc.array(arbitraryResource, { minLength: 2, maxLength: 6 }),
        fc.constantFrom('Procedure', 'Condition', 'Observation'),
        (source, resources, elements, focusType) => {
          const scope = { record: record(resources), variables };
          const expression = compileExpression(source, { memberOf, focusType });
          const shared = sharedAnswers(expression, scope, focusType);
          for (const focus of [...elements, ...elements]) {
            const alone = outcome(() => expression.evaluate({ ...scope, focus, container: focus }));
            expect(
              outcome(() => shared(focus, focus)),
              source,
            ).toEqual(alone);
          }
        },
      ),
      { numRuns: 1500 },
    );
  });

  it('are the answers that each would get by itself: rows', () => {
    fc.assert(
      fc.property(
        arbitraryExpression(COLUMNS, [...COLUMNS, 'coding']),
        fc.array(arbitraryRow, { minLength: 2, maxLength: 6 }),
        (source, rows) => {
          const scope = { record: record([]), variables };
          const expression = compileExpression(source, { memberOf });
          const shared = sharedAnswers(expression, scope);
          for (const focus of [...rows, ...rows.map((row) => ({ ...row, discipline: undefined }))]) {
            expect(
              outcome(() => shared(focus)),
              source,
            ).toEqual(outcome(() => expression.evaluate({ ...scope, focus })));
          }
        },
      ),
      { numRuns: 1500 },
    );
  });

  it('are not shared where a reference may mean another resource', () => {
    const home = (specialty: string): Resource => ({
      resourceType: 'Procedure',
      contained: [{ resourceType: 'PractitionerRole', id: 'r', specialty: [{ text: specialty }] }],
      performer: [{ actor: { reference: '#r' } }],
    });
    const expression = compileExpression('performer.actor.resolve().specialty.text', {
      memberOf,
      focusType: 'Procedure',
    });
    const shared = sharedAnswers(expression, { record: record([]), variables: {} }, 'Procedure');
    const [one, other] = [home('physical'), home('psychological')];
    expect([shared(one, one), shared(other, other)]).toEqual([['physical'], ['psychological']]);
  });

  it('are worked out once for elements that agree', () => {
    let evaluations = 0;
    const expression = compileExpression("discipline = 'physical' and %word.exists()", { memberOf });
    const counted = { ...expression, evaluate: (scope: never) => ((evaluations += 1), expression.evaluate(scope)) };
    const shared = sharedAnswers(counted, { record: record([]), variables });
    for (const on of ['2026-01-01', '2026-01-02']) shared({ discipline: 'physical', on });
    shared({ discipline: 'psychological' });
    expect(evaluations).toBe(2);
  });
});
