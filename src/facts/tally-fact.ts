import { TALLIED } from '../schemas/protocol.js';
import { type Asked, answerTo, growingPass } from '../fhirpath/code/pass.js';
import { rowMaker } from '../fhirpath/code/row-maker.js';
import { first } from '../fhirpath/collection.js';
import type { EvaluationScope, Expression } from '../fhirpath/expression.js';
import { Course, type Window } from './course.js';
import { evaluationOf, type Fact, type FactScope, type Row } from './fact.js';
import { ledgerOf } from './ledger.js';
import { rowTest } from './row-test.js';
import { usageOf } from './usage.js';

export interface TallyPlan {
  /** Name of the table whose rows are added up. */
  readonly of: string;
  readonly where: Expression | undefined;
  readonly by: readonly string[];
  readonly within: { readonly from: Expression; readonly to: Expression } | undefined;
  readonly pauseDays: Expression;
  readonly derive: readonly Asked[];
}

const NO_ROWS: readonly Row[] = [];

/**
 * Groups the rows of a table and adds up each group. Groups of which number and days are known come first, for they decide;
 * then the one with the most contacts, then the longest.
 * A row without a value in a grouping column belongs to no group.
 */
export function tallyFact(name: string, plan: TallyPlan): Fact {
  const expressions = [plan.pauseDays, ...plan.derive.map(({ expression }) => expression)];
  if (plan.where !== undefined) expressions.push(plan.where);
  if (plan.within !== undefined) expressions.push(plan.within.from, plan.within.to);
  const { uses, resourceTypes } = usageOf(expressions);
  const counts = plan.where === undefined ? undefined : rowTest(plan.where);
  const derive = growingPass(plan.derive);
  const makeRow = rowMaker(TALLIED, plan.by, ['key', ...plan.derive.map(({ name: column }) => column)]);
  return {
    name,
    uses: new Set([...uses, plan.of]),
    resourceTypes,
    holds: 'row',
    compute: (scope) => {
      const evaluation = evaluationOf(scope);
      const window = windowOf(plan, evaluation);
      const pauseDays = first(plan.pauseDays.answer(evaluation));
      const rows = (scope.variables[plan.of] ?? []) as readonly Row[];
      const counted = counts?.(scope, rows);
      if (counted?.includes(true) === false) return NO_ROWS;
      const ledger = ledgerOf(rows, scope.kept);
      const { numbers, names } = ledger.groups(plan.by);
      const groups: (Group | undefined)[] = [];
      for (const { at, reading } of ledger.entries(window)) {
        const number = numbers[at]!;
        if (number < 0 || counted?.[at] === false) continue;
        (groups[number] ??= { row: rows[at]!, course: new Course(Number(pauseDays)) }).course.add(reading);
      }
      const courses: Record<string, unknown>[] = [];
      for (let number = 0; number < groups.length; number += 1) {
        const group = groups[number];
        if (group === undefined) continue;
        const course = makeRow(group.course.figures(), group.row);
        course['key'] = names[number];
        courses.push(course);
      }
      if (derive?.(evaluation, courses) === undefined) {
        for (const course of courses) deriveEach(plan, scope, course);
      }
      return courses.sort(
        (a, b) =>
          Number(isWhole(b)) - Number(isWhole(a)) ||
          (b['number'] as number) - (a['number'] as number) ||
          ((b['spanDays'] as number | undefined) ?? -1) - ((a['spanDays'] as number | undefined) ?? -1) ||
          ((a['key'] as string) < (b['key'] as string) ? -1 : 1),
      );
    },
  };
}

function isWhole(course: Record<string, unknown>): boolean {
  return course['numberKnown'] === true && course['spanKnown'] === true;
}

/** Each derived column stands in its row before the next one is worked out. */
function deriveEach(plan: TallyPlan, scope: FactScope, course: Record<string, unknown>): void {
  for (const column of plan.derive) {
    const value = answerTo(column, evaluationOf(scope, course));
    if (value !== undefined) course[column.name] = value;
  }
}

interface Group {
  /** One of its rows: all have the same values in the grouping columns. */
  readonly row: Row;
  readonly course: Course;
}

function windowOf({ within }: TallyPlan, evaluation: EvaluationScope): Window | undefined {
  if (within === undefined) return undefined;
  return { from: String(first(within.from.answer(evaluation))), to: String(first(within.to.answer(evaluation))) };
}
