import { growingPass } from '../fhirpath/code/pass.js';
import type { Answer, Expression } from '../fhirpath/expression.js';
import { addedUp, type Window } from './course.js';
import { evaluationOf, type Fact, type FactScope, type Row } from './fact.js';
import { groupsOf, orderOf, readingsOf } from './read-table.js';
import { rowTest } from './row-test.js';
import { usageOf } from './usage.js';

export interface TallyPlan {
  /** Name of the table whose rows are added up. */
  readonly of: string;
  readonly where?: Expression;
  readonly by: readonly string[];
  readonly within?: { readonly from: Expression; readonly to: Expression };
  readonly pauseDays: Expression;
  readonly derive: readonly { readonly name: string; readonly expression: Expression }[];
}

const COLUMNS = [
  'key',
  'number',
  'numberKnown',
  'spanKnown',
  'first',
  'last',
  'spanDays',
  'activeDays',
  'longestPauseDays',
];

function blankRow(columns: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(columns.map((column) => [column, undefined]));
}

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
  const derived = plan.derive.map(({ name: column, expression }) => ({ name: column, expression, as: firstOf }));
  const derive = growingPass(derived);
  // Rows of one shape from the start are quicker to fill and to read.
  const blank = blankRow([...COLUMNS, ...plan.by, ...derived.map(({ name: column }) => column)]);
  return {
    name,
    uses: new Set([...uses, plan.of]),
    resourceTypes,
    holds: 'row',
    compute: (scope) => {
      const window = windowOf(plan, scope);
      const [pauseDays] = plan.pauseDays.evaluate(evaluationOf(scope));
      const courses: Record<string, unknown>[] = [];
      const rows = (scope.variables[plan.of] ?? []) as readonly Row[];
      const counted = counts?.(scope, rows);
      const readings = readingsOf(rows, window);
      const { numbers, names } = groupsOf(rows, plan.by);
      for (const [group, members] of membersOf(orderOf(rows, window), numbers, counted).entries()) {
        if (members === undefined) continue;
        const figures = addedUp(
          members.map((at) => readings[at]),
          Number(pauseDays),
        );
        if (figures === undefined) continue;
        const course = Object.assign({ ...blank }, figures);
        course['key'] = names[group];
        for (const column of plan.by) course[column] = rows[members[0]!]![column];
        courses.push(course);
      }
      if (derive?.(evaluationOf(scope), courses) === undefined) {
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
  for (const { name, expression } of plan.derive) {
    const value = firstOf(expression.answer(evaluationOf(scope, course)));
    if (value !== undefined) course[name] = value;
  }
}

function firstOf(answer: Answer): Answer {
  return Array.isArray(answer) ? answer[0] : answer;
}

/** The numbers of the rows in each group, of those that count. */
function membersOf(
  order: readonly number[],
  groups: readonly number[],
  counted: readonly boolean[] | undefined,
): readonly (number[] | undefined)[] {
  const members: (number[] | undefined)[] = [];
  for (const at of order) {
    const group = groups[at]!;
    if (group < 0 || counted?.[at] === false) continue;
    const known = members[group];
    if (known === undefined) members[group] = [at];
    else known.push(at);
  }
  return members;
}

function windowOf(plan: TallyPlan, scope: FactScope): Window | undefined {
  if (plan.within === undefined) return undefined;
  const [from] = plan.within.from.evaluate(evaluationOf(scope));
  const [to] = plan.within.to.evaluate(evaluationOf(scope));
  return { from: String(from), to: String(to) };
}
