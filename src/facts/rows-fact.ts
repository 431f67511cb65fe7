import type { Expression } from '../fhirpath/expression.js';
import { calendarDay } from '../logic/calendar.js';
import { isResource, referenceTo } from '../schemas/resource.js';
import type { Fact, FactScope, Row } from './fact.js';
import { sharedAnswers, type Texts } from './shared-answers.js';
import { usageOf } from './usage.js';

export interface ColumnPlan {
  readonly name: string;
  readonly expression: Expression;
  readonly asDay: boolean;
  /** A row with several values here becomes as many rows. */
  readonly perValue: boolean;
}

export interface RowSourcePlan {
  readonly source: string;
  readonly of: Expression;
  readonly each?: Expression;
  readonly path: string;
  /** Resource type of what `of` gives; absent for rows of another table. */
  readonly type?: string;
  readonly columns: readonly ColumnPlan[];
}

export interface RowsPlan {
  readonly sources: readonly RowSourcePlan[];
  readonly keep?: Expression;
  readonly newestFirst?: string;
}

/** A table: one row per resource, element or row of another table, with a FHIRPath expression per column. */
export function rowsFact(name: string, plan: RowsPlan): Fact {
  const expressions = plan.sources.flatMap(({ of, each, columns }) => [
    of,
    ...(each === undefined ? [] : [each]),
    ...columns.map((column) => column.expression),
  ]);
  return {
    name,
    ...usageOf(plan.keep === undefined ? expressions : [...expressions, plan.keep]),
    compute: (scope) => {
      let rows = plan.sources.flatMap((source) => rowsOf(source, scope));
      const { keep, newestFirst } = plan;
      if (keep !== undefined) {
        const keeps = sharedAnswers(keep, scope);
        rows = rows.filter((row) => keeps(row)[0] === true);
      }
      return newestFirst === undefined ? rows : rows.sort((a, b) => newerFirst(a, b, newestFirst));
    },
  };
}

function rowsOf(plan: RowSourcePlan, scope: FactScope): Row[] {
  const { record, variables } = scope;
  const rows: Row[] = [];
  const texts: Texts = new Map();
  const type = plan.each === undefined ? plan.type : undefined;
  // Rows of one table start out with one shape, which is quicker to fill and to read than one that grows.
  const blank: Record<string, unknown> = { source: undefined, reference: undefined, path: undefined };
  for (const { name } of plan.columns) blank[name] = undefined;
  const columns = plan.columns.map((column) => ({
    ...column,
    valuesOf: sharedAnswers(column.expression, scope, type, texts),
  }));
  for (const holder of plan.of.evaluate({ record, variables })) {
    const elements = plan.each?.evaluate({ record, variables, focus: holder, container: holder }) ?? [holder];
    const origin = originOf(plan, holder);
    for (const element of elements) {
      const first: Record<string, unknown> = { ...blank };
      first['source'] = origin.source;
      first['reference'] = origin.reference;
      first['path'] = origin.path;
      let made = [first];
      for (const { name, valuesOf, asDay, perValue } of columns) {
        let values = valuesOf(element, holder);
        if (values.length === 0) continue;
        if (asDay) values = values.flatMap((value) => calendarDay(value) ?? []);
        if (values.length === 0) continue;
        if (perValue && values.length > 1) {
          made = made.flatMap((row) => values.map((value) => ({ ...row, [name]: value })));
        } else {
          for (const row of made) row[name] = values.length === 1 ? values[0] : values;
        }
      }
      rows.push(...(made as Row[]));
    }
  }
  return rows;
}

/** Where a row was read; a row made from another row keeps that row's origin. */
function originOf(plan: RowSourcePlan, holder: unknown): Pick<Row, 'source' | 'reference' | 'path'> {
  if (isResource(holder)) {
    return { source: plan.source, reference: referenceTo(holder) ?? holder.resourceType, path: plan.path };
  }
  const { source, reference, path } = holder as Row;
  return { source, reference, path };
}

function newerFirst(a: Row, b: Row, column: string): number {
  const [first, second] = [String(a[column] ?? ''), String(b[column] ?? '')];
  if (first !== second) return first < second ? 1 : -1;
  return a.reference < b.reference ? 1 : -1;
}
