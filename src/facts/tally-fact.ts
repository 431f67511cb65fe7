import type { Expression } from '../fhirpath/expression.js';
import { courseOf, type Window } from './course.js';
import type { Fact, FactScope, Row } from './fact.js';
import { sharedAnswers } from './shared-answers.js';
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
  return {
    name,
    uses: new Set([...uses, plan.of]),
    resourceTypes,
    compute: (scope) => {
      const window = windowOf(plan, scope);
      const [pauseDays] = plan.pauseDays.evaluate({ record: scope.record, variables: scope.variables });
      const courses: Record<string, unknown>[] = [];
      for (const [key, rows] of groups(plan, scope)) {
        const figures = courseOf(rows, window, Number(pauseDays));
        if (figures === undefined) continue;
        const course: Record<string, unknown> = { key, ...figures };
        for (const column of plan.by) course[column] = rows[0]![column];
        for (const { name: column, expression } of plan.derive) {
          const [value] = expression.evaluate({ record: scope.record, variables: scope.variables, focus: course });
          if (value !== undefined) course[column] = value;
        }
        courses.push(course);
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

function groups(plan: TallyPlan, scope: FactScope): ReadonlyMap<string, Row[]> {
  const grouped = new Map<string, Row[]>();
  const counts = plan.where === undefined ? undefined : sharedAnswers(plan.where, scope);
  for (const row of (scope.variables[plan.of] ?? []) as readonly Row[]) {
    if (counts !== undefined && counts(row)[0] !== true) continue;
    let key = '';
    for (const column of plan.by) key += row[column] === undefined ? '\u0000' : `|${String(row[column])}`;
    if (key.includes('\u0000')) continue;
    const group = grouped.get(key);
    if (group === undefined) grouped.set(key, [row]);
    else group.push(row);
  }
  return grouped;
}

function windowOf(plan: TallyPlan, { record, variables }: FactScope): Window | undefined {
  if (plan.within === undefined) return undefined;
  const [from] = plan.within.from.evaluate({ record, variables });
  const [to] = plan.within.to.evaluate({ record, variables });
  return { from: String(from), to: String(to) };
}
