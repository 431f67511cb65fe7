import {
  eitherOf,
  isRows,
  isTexts,
  type Known,
  type KnownValues,
  NO_VALUES,
  textsOf,
} from '../fhirpath/known-values.js';
import { ExpressionRefused, parse } from '../fhirpath/parse.js';
import { valuesOf } from '../fhirpath/value-check.js';
import { type FactDefinition, ORIGIN, TALLIED } from '../schemas/protocol.js';
import { REGIMES_OF_ENGINE, type Score, STATUSES } from '../schemas/verdict.js';
import type { Forms } from './forms.js';
import { ITEM_OF_FORM } from './item-named.js';
import type { Protocol, ProtocolVersion } from './protocol.js';

const SCORE_COLUMNS: Record<keyof Score, true> = {
  instrument: true,
  value: true,
  min: true,
  max: true,
  date: true,
  reference: true,
};

/** What stands beside a protocol that its expressions speak of. */
export interface SpokenOf {
  /** Absent where one of them cannot be read. */
  readonly forms?: Forms | undefined;
  /** The ids of all scores; absent where an instrument cannot be read. */
  readonly scores?: readonly string[] | undefined;
}

/**
 * What the variables of a version can hold, as far as its own data tell: codes that they list, items and answers of
 * forms, scores, choices, and the texts that facts and columns are made of.
 */
export function knownFacts(protocol: Protocol, version: ProtocolVersion, { forms, scores }: SpokenOf): KnownValues {
  const { file, facts } = version;
  const given = new Map<string, Known>([
    ['phase', textsOf(file.phases)],
    ['status', textsOf(STATUSES)],
    ['regime', textsOf(regimesOf(version))],
    ['scores', scoreRows(scores)],
    ...protocol.parameters.map(({ name, choices }): [string, Known] => [name, choices && textsOf(choices)]),
  ]);
  const found = new Map<string, Known>();
  const known: KnownValues = {
    variable(name) {
      if (given.has(name)) return given.get(name);
      const definition = facts.get(name);
      if (definition === undefined || found.has(name)) return found.get(name);
      // Nothing is known of a fact while it is looked at, so that a circle ends.
      found.set(name, undefined);
      found.set(name, unwritten(factValues(definition, known)));
      return found.get(name);
    },
    linkIds: forms && { ...textsOf(forms.keys()), called: ITEM_OF_FORM },
    answersTo: (linkId) => forms?.get(linkId),
  };
  return known;
}

function regimesOf({ file: { regime } }: ProtocolVersion): readonly string[] {
  return [...new Set([...regime.answers.map((answer) => answer.regime), regime.otherwise, ...REGIMES_OF_ENGINE])];
}

function scoreRows(scores: readonly string[] | undefined): Known {
  const columns = Object.keys(SCORE_COLUMNS).map((name): [string, Known] => [name, undefined]);
  return { columns: new Map([...columns, ['instrument', scores && textsOf(scores)]]) };
}

function factValues(fact: FactDefinition, known: KnownValues): Known {
  const of = (source: string, focus?: Known): Known => valuesIn(source, known, focus);
  if ('expression' in fact) return fact.as === 'day' ? undefined : of(fact.expression);
  if ('newest' in fact) return of(fact.newest);
  if ('rows' in fact) {
    return fact.rows.reduce<Known>((all, row) => {
      const focus = row.type === 'row' ? of(row.of) : undefined;
      const columns = Object.entries(row.columns).map(([name, column]): [string, Known] => {
        if (typeof column === 'string') return [name, of(column, focus)];
        return [name, column.as === 'day' ? undefined : of(column.expression, focus)];
      });
      const origin = ORIGIN.map((name): [string, Known] => [name, undefined]);
      return eitherOf(all, { columns: new Map([...origin, ...columns]) });
    }, NO_VALUES);
  }
  const table = known.variable(fact.tally);
  const grouped = fact.by.map((name): [string, Known] => [name, isRows(table) ? table.columns.get(name) : undefined]);
  const counted = [...TALLIED, 'key', ...Object.keys(fact.derive ?? {})];
  return { columns: new Map([...counted.map((name): [string, Known] => [name, undefined]), ...grouped]) };
}

/** What an expression can give; nothing where it cannot be read, which is a finding of its own. */
export function valuesIn(source: string, known: KnownValues, focus?: Known): Known {
  try {
    return valuesOf(parse(source), known, focus);
  } catch (error) {
    if (error instanceof ExpressionRefused) return undefined;
    throw error;
  }
}

/** Texts that stand in a fact are no longer those of the expression that uses it. */
function unwritten(known: Known): Known {
  if (isTexts(known))
    return { ...textsOf(known.texts), ...(known.called === undefined ? {} : { called: known.called }) };
  if (!isRows(known)) return known;
  return { columns: new Map([...known.columns].map(([name, column]) => [name, unwritten(column)])) };
}
