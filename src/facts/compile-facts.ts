import type { VariableShape } from '../fhirpath/code/shape.js';
import type { Expression } from '../fhirpath/expression.js';
import type { FactDefinition, RowSourceDefinition } from '../schemas/protocol.js';
import { expressionFact } from './expression-fact.js';
import type { Fact } from './fact.js';
import { newestFact } from './newest-fact.js';
import { rowsFact, type RowSourcePlan } from './rows-fact.js';
import { tallyFact } from './tally-fact.js';

/**
 * Compiles one expression.
 *
 * @param focusType the R4 path type of what it looks at, absent for the record, a plain row, or what `focusShape` says
 */
export type Compile = (source: string, focusType?: string, focusShape?: VariableShape) => Expression;

/** Makes a fact from its definition. Files name the type `row` where a table is made from another table. */
export function compileFact(name: string, definition: FactDefinition, compile: Compile): Fact {
  if ('expression' in definition) return expressionFact(name, compile(definition.expression), definition.as === 'day');
  if ('newest' in definition) {
    return newestFact(name, {
      of: compile(definition.newest),
      on: compile(definition.on, definition.type),
      ...(definition.since === undefined ? {} : { since: compile(definition.since) }),
      ...(definition.until === undefined ? {} : { until: compile(definition.until) }),
      keep: definition.keep,
    });
  }
  if ('rows' in definition) {
    return rowsFact(name, {
      sources: definition.rows.map((source) => rowSource(source, compile)),
      ...(definition.keep === undefined ? {} : { keep: compile(definition.keep) }),
      ...(definition.newestFirst === undefined ? {} : { newestFirst: definition.newestFirst }),
    });
  }
  const { where, within, derive } = definition;
  return tallyFact(name, {
    of: definition.tally,
    by: definition.by,
    pauseDays: compile(definition.pause),
    ...(where === undefined ? {} : { where: compile(where) }),
    ...(within === undefined ? {} : { within: { from: compile(within.from), to: compile(within.to) } }),
    derive: Object.entries(derive ?? {}).map(([column, source]) => ({ name: column, expression: compile(source) })),
  });
}

function rowSource(definition: RowSourceDefinition, compile: Compile): RowSourcePlan {
  const focusType = definition.type === 'row' ? undefined : (definition.eachType ?? definition.type);
  return {
    source: definition.source,
    of: compile(definition.of),
    ...(definition.each === undefined ? {} : { each: compile(definition.each, definition.type) }),
    path: definition.path,
    ...(definition.type === 'row' ? {} : { type: definition.type }),
    columns: Object.entries(definition.columns).map(([name, column]) => ({
      name,
      expression: compile(typeof column === 'string' ? column : column.expression, focusType),
      asDay: typeof column !== 'string' && column.as === 'day',
      perValue: typeof column !== 'string' && column.perValue === true,
    })),
  };
}
