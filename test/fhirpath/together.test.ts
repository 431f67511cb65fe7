import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { define } from '../../src/facts/fact.js';
import { givingUp } from '../../src/fhirpath/code/give-up.js';
import { Kept, Slots } from '../../src/fhirpath/code/kept.js';
import type { VariableShape } from '../../src/fhirpath/code/shape.js';
import { tablePass, testPass } from '../../src/fhirpath/code/pass.js';
import { answersOf, evaluatedOn, firstTrue } from '../../src/fhirpath/code/sequence.js';
import { compileExpression } from '../../src/fhirpath/compile.js';
import { NOT_FOR_COMPILED } from '../../src/fhirpath/deoptimise.js';
import {
  asAnswer,
  type EvaluationScope,
  type Expression,
  ExpressionFailed,
  unlessFailed,
} from '../../src/fhirpath/expression.js';
import { compileReference } from '../../src/fhirpath/reference.js';
import type { Resource } from '../../src/schemas/resource.js';
import { arbitraryExpression } from './arbitrary-expression.js';
import { arbitraryRecord, arbitraryResource, arbitraryRow } from './arbitrary-record.js';
import { memberOf, recordOf } from './record.js';
import { shapesOf } from './variable-shapes.js';

const SCALARS = { asOf: '2026-11-03', lookback: '2 years', many: 2, word: 'complaint', words: ['a', 'b'], nothing: [] };
const ROOTS = ['Condition', 'Procedure', 'Observation', '%complaint', '%rows', '%words', '%form.repeat(item)', '%word'];
const MEMBERS = [
  'status',
  'code',
  'coding',
  'performed',
  'onset',
  'value',
  'item',
  'linkId',
  'answer',
  'date',
  'discipline',
];
const COLUMNS = ['discipline', 'date', 'sessions', 'done', 'tags', '%word', '%many', '%complaint'];

/** What one expression gives on fhirpath.js, as an answer; or that it failed. */
function plainly(source: string, scope: EvaluationScope): unknown {
  try {
    return asAnswer(compileReference(source, { memberOf }).evaluate(scope));
  } catch (error) {
    if (error instanceof ExpressionFailed) return FAILED;
    throw error;
  }
}
const FAILED = Symbol('failed');

function sameType(one: Resource, other: Resource): boolean {
  return one.resourceType === other.resourceType;
}

function scopeFor(resources: readonly Resource[], rows: readonly unknown[], complaint: Resource): EvaluationScope {
  const form = resources.find(({ resourceType }) => resourceType === 'QuestionnaireResponse') ?? [];
  return { record: recordOf(resources), variables: { ...SCALARS, rows, complaint, form } };
}

function compiler(scope: EvaluationScope): {
  compile(source: string, focusShape?: VariableShape): Expression;
  keeping: EvaluationScope;
} {
  const slots = new Slots();
  const variableShapes = shapesOf(scope);
  return {
    compile: (source, focusShape) => compileExpression(source, { memberOf, slots, variableShapes, focusShape }),
    keeping: { ...scope, kept: new Kept(slots) },
  };
}

const onRecords = fc.tuple(
  fc.array(arbitraryExpression(ROOTS, MEMBERS), { minLength: 1, maxLength: 5 }),
  arbitraryRecord,
  fc.array(arbitraryRow, { maxLength: 3 }),
  arbitraryResource,
);
const numRuns = Number(process.env['FHIRPATH_RUNS'] ?? 600);

describe('a function of several expressions', { timeout: 300_000 }, () => {
  it('gives the answers that each gives by itself, or nothing at all', () => {
    let given = 0;
    fc.assert(
      fc.property(onRecords, ([sources, resources, rows, complaint]) => {
        const scope = scopeFor(resources, rows, complaint);
        const { compile, keeping } = compiler(scope);
        const run = answersOf(sources.map((source) => compile(source)));
        const answers = unlessFailed(() => run?.(keeping));
        if (answers === undefined) return;
        given += 1;
        expect(answers, sources.join('\n')).toEqual(sources.map((source) => plainly(source, scope)));
      }),
      { numRuns },
    );
    expect(given).toBeGreaterThan(numRuns / 10);
  });

  it('looks anew at what hangs on a variable that gets another value', () => {
    fc.assert(
      fc.property(
        onRecords,
        fc.array(arbitraryRow, { minLength: 1, maxLength: 3 }),
        arbitraryResource,
        ([sources, resources, rows, complaint], otherRows, other) => {
          const before = scopeFor(resources, [{}, ...rows], complaint);
          const variables = { ...before.variables };
          const { compile, keeping } = compiler({ ...before, variables });
          const expressions = sources.map((source) => compile(source));
          const together = answersOf(expressions);
          unlessFailed(() => together?.(keeping));
          for (const expression of expressions) unlessFailed(() => expression.answer(keeping));
          const changed = {
            rows: otherRows,
            word: 'other',
            ...(sameType(complaint, other) ? { complaint: other } : {}),
          };
          const scope = { ...before, variables: { ...before.variables, ...changed } };
          for (const [name, value] of Object.entries(changed)) define({ ...keeping, variables }, name, value);
          for (const [at, source] of sources.entries()) {
            expect(unlessFailed(() => expressions[at]!.answer(keeping)) ?? FAILED, source).toEqual(
              plainly(source, scope) ?? FAILED,
            );
          }
        },
      ),
      { numRuns },
    );
  });

  it('finds the first that is true, asking none after it', () => {
    fc.assert(
      fc.property(onRecords, ([sources, resources, rows, complaint]) => {
        const scope = scopeFor(resources, rows, complaint);
        const { compile, keeping } = compiler(scope);
        const conditions = sources.map((source) => `(${source}).exists()`);
        const run = firstTrue(conditions.map((source) => compile(source)));
        const number = unlessFailed(() => run?.(keeping));
        if (number === undefined) return;
        const answers = conditions.map((source) => plainly(source, scope));
        const first = answers.findIndex((answer) => answer === true || answer === FAILED);
        expect(first < 0 || answers[first] === true ? first : -2, conditions.join('\n')).toBe(number);
      }),
      { numRuns },
    );
  });

  it('evaluates one expression on what another one gives', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('Condition', 'Procedure', '%complaint', '%rows', 'Condition | Procedure'),
        arbitraryExpression([...MEMBERS, ...COLUMNS], MEMBERS),
        arbitraryRecord,
        fc.array(arbitraryRow, { maxLength: 3 }),
        arbitraryResource,
        fc.boolean(),
        (of, source, resources, rows, complaint, shaped) => {
          const scope = scopeFor(resources, rows, complaint);
          const { compile, keeping } = compiler(scope);
          const plan = compile(of);
          const run = evaluatedOn([{ of: plan, value: compile(source, shaped ? plan.gives : undefined) }]);
          const found = unlessFailed(() => run?.(keeping));
          if (found === undefined) return;
          const items = compileReference(of, { memberOf }).evaluate(scope);
          const expected = items.flatMap((item) => [
            0,
            item,
            plainly(source, { ...scope, focus: item, container: item }),
          ]);
          expect(found, `${source} on ${of}`).toEqual(expected);
        },
      ),
      { numRuns },
    );
  });

  it('fills a table, and tests its rows, as each column would by itself', () => {
    let given = 0;
    fc.assert(
      fc.property(
        fc.array(arbitraryExpression(COLUMNS, ['discipline', 'tags', 'sessions']), { minLength: 1, maxLength: 4 }),
        fc.array(arbitraryRow, { maxLength: 4 }),
        arbitraryResource,
        (sources, rows, complaint) => {
          const scope = scopeFor([], rows, complaint);
          const { compile, keeping } = compiler(scope);
          const asked = sources.map((source, at) => ({ name: `column${at}`, expression: compile(source) }));
          const pass = tablePass(asked, ['origin', ...asked.map(({ name }) => name)]);
          const table = unlessFailed(() => pass?.(keeping, rows));
          const expected = rows.map((row) => sources.map((source) => plainly(source, { ...scope, focus: row })));
          if (table !== undefined) {
            given += 1;
            const cells = table.map((row) => asked.map(({ name }) => row[name]));
            expect(cells, sources.join('\n')).toEqual(expected);
          }
          const tested = unlessFailed(() => testPass(asked[0]!.expression)?.(keeping, rows));
          if (tested === undefined) return;
          expect(tested).toEqual(expected.map(([first]) => (Array.isArray(first) ? first[0] : first) === true));
        },
      ),
      { numRuns },
    );
    expect(given).toBeGreaterThan(numRuns / 10);
  });
});

describe('a function of several expressions that was stopped', () => {
  it('leaves the answer to each of them, unless one of them failed', () => {
    expect(givingUp(NOT_FOR_COMPILED)).toBeUndefined();
    expect(givingUp(new TypeError('unusual JSON'))).toBeUndefined();
    const failed = new ExpressionFailed('1 + {}', undefined);
    expect(() => givingUp(failed)).toThrow(failed);
    expect(() => givingUp('something else')).toThrow('something else');
  });
});
