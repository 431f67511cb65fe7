import { type Asked, answerTo, tablePass } from '../fhirpath/code/pass.js';
import type { Expression } from '../fhirpath/expression.js';
import { settledOrder } from '../logic/settled-order.js';
import { nameIn } from '../record/containers.js';
import { ORIGIN } from '../schemas/protocol.js';
import type { GatheredRecord } from '../schemas/record.js';
import { isResource } from '../schemas/resource.js';
import { evaluationOf, type Fact, type FactScope, type Row } from './fact.js';
import { rowTest } from './row-test.js';
import { usageOf } from './usage.js';

export interface ColumnPlan extends Asked {
  /** A row with several values here becomes as many rows. */
  readonly perValue: boolean;
}

export interface RowSourcePlan {
  readonly source: string;
  readonly of: Expression;
  readonly each: Expression | undefined;
  readonly path: string;
  readonly columns: readonly ColumnPlan[];
}

export interface RowsPlan {
  readonly sources: readonly RowSourcePlan[];
  readonly keep: Expression | undefined;
  readonly newestFirst: string | undefined;
}

/** A table: one row per resource, element or row of another table, with a FHIRPath expression per column. */
export function rowsFact(name: string, plan: RowsPlan): Fact {
  const expressions = plan.sources.flatMap(({ of, each, columns }) => [
    of,
    ...(each === undefined ? [] : [each]),
    ...columns.map((column) => column.expression),
  ]);
  const { keep, newestFirst } = plan;
  const sources = plan.sources.map(rowMaker);
  const keeps = keep === undefined ? undefined : rowTest(keep);
  return {
    name,
    ...usageOf(plan.keep === undefined ? expressions : [...expressions, plan.keep]),
    holds: 'row',
    compute: (scope) => {
      let rows = sources.flatMap((makeRows) => makeRows(scope));
      if (keeps !== undefined) {
        const kept = keeps(scope, rows);
        rows = rows.filter((_, at) => kept[at]);
      }
      return newestFirst === undefined ? rows : rows.sort((a, b) => newerFirst(a, b, newestFirst));
    },
  };
}

type Rows = Row[];

/** Makes the rows of one source: all of them in one pass, or row by row where the record is unusual, and that one column by column. */
function rowMaker(plan: RowSourcePlan): (scope: FactScope) => Rows {
  const pass = tablePass(plan.columns, [...ORIGIN, ...plan.columns.map(({ name }) => name)]);
  const several = plan.columns.filter(({ perValue }) => perValue).map(({ name }) => name);
  return (scope) => {
    const { elements, holders } = placesOf(plan, scope);
    const evaluation = evaluationOf(scope);
    const made =
      pass?.(evaluation, elements, holders) ??
      elements.map(
        (element, at) =>
          pass?.(evaluation, [element], [holders[at]])?.[0] ?? columnByColumn(plan, scope, element, holders[at]),
      );
    let rows = made as Record<string, unknown>[];
    for (let at = 0; at < rows.length; at += 1) placeAt(rows[at]!, plan, holders[at], scope.record);
    for (const name of several)
      rows = rows.some((row) => Array.isArray(row[name])) ? rows.flatMap((row) => spread(row, name)) : rows;
    return rows as Rows;
  };
}

/** What a table has a row for, each with the resource or row that holds it. */
interface Places {
  readonly elements: readonly unknown[];
  readonly holders: readonly unknown[];
}

function placesOf(plan: RowSourcePlan, scope: FactScope): Places {
  const found = plan.of.evaluate(evaluationOf(scope));
  if (plan.each === undefined) return { elements: found, holders: found };
  const elements: unknown[] = [];
  const holders: unknown[] = [];
  for (const holder of found) {
    for (const element of plan.each.evaluate(evaluationOf(scope, holder, holder))) {
      elements.push(element);
      holders.push(holder);
    }
  }
  return { elements, holders };
}

function columnByColumn(
  { columns }: RowSourcePlan,
  scope: FactScope,
  element: unknown,
  holder: unknown,
): Record<string, unknown> {
  const evaluation = evaluationOf(scope, element, holder);
  return Object.fromEntries(columns.map((column) => [column.name, answerTo(column, evaluation)]));
}

/** As many rows as a column has values. */
function spread(row: Record<string, unknown>, column: string): readonly Record<string, unknown>[] {
  const values = row[column];
  return Array.isArray(values) ? values.map((value: unknown) => ({ ...row, [column]: value })) : [row];
}

/** Says where a row was read; a row made from another row keeps that row's origin. */
function placeAt(row: Record<string, unknown>, plan: RowSourcePlan, holder: unknown, record: GatheredRecord): void {
  const read = isResource(holder);
  row['source'] = read ? plan.source : (holder as Row).source;
  row['reference'] = read ? nameIn(record, holder) : (holder as Row).reference;
  row['path'] = read ? plan.path : (holder as Row).path;
}

function textIn(row: Row, column: string): string {
  const value = row[column];
  return typeof value === 'string' ? value : '';
}

function newerFirst(a: Row, b: Row, column: string): number {
  const [first, second] = [textIn(a, column), textIn(b, column)];
  if (first !== second) return first < second ? 1 : -1;
  return settledOrder({ name: a.reference, json: a }, { name: b.reference, json: b });
}
