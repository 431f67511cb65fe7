import type { Asked } from '../fhirpath/code/pass.js';
import type { VariableShape } from '../fhirpath/code/shape.js';
import { first } from '../fhirpath/collection.js';
import type { Expression } from '../fhirpath/expression.js';
import type { FactDefinition, RowSourceDefinition } from '../schemas/protocol.js';
import { days } from './days.js';
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
  const optional = (source: string | undefined): Expression | undefined =>
    source === undefined ? undefined : compile(source);
  if ('expression' in definition)
    return expressionFact({ name, expression: compile(definition.expression), as: asWanted(definition.as) });
  if ('newest' in definition) {
    return newestFact(name, {
      of: compile(definition.newest),
      on: compile(definition.on, definition.type),
      since: optional(definition.since),
      until: optional(definition.until),
      keep: definition.keep,
    });
  }
  if ('rows' in definition) {
    return rowsFact(name, {
      sources: definition.rows.map((source) => rowSource(source, compile)),
      keep: optional(definition.keep),
      newestFirst: definition.newestFirst,
    });
  }
  const { where, within, derive } = definition;
  return tallyFact(name, {
    of: definition.tally,
    by: definition.by,
    pauseDays: compile(definition.pause),
    where: optional(where),
    within: within && { from: compile(within.from), to: compile(within.to) },
    derive: Object.entries(derive ?? {}).map(([name, source]) => ({ name, expression: compile(source), as: first })),
  });
}

function rowSource(definition: RowSourceDefinition, compile: Compile): RowSourcePlan {
  const focusType = definition.type === 'row' ? undefined : (definition.eachType ?? definition.type);
  return {
    source: definition.source,
    of: compile(definition.of),
    each: definition.each === undefined ? undefined : compile(definition.each, definition.type),
    path: definition.path,
    columns: Object.entries(definition.columns).map(([name, written]) => {
      const { expression, as, perValue } = typeof written === 'string' ? { expression: written } : written;
      return { name, expression: compile(expression, focusType), as: asWanted(as), perValue: perValue === true };
    }),
  };
}

function asWanted(as: string | undefined): Asked['as'] {
  return as === 'day' ? days : undefined;
}
