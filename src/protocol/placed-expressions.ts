import type { CriterionDefinition, FactDefinition, RowSourceDefinition } from '../schemas/protocol.js';
import type { PathStep } from '../yaml/document.js';

/** An expression where it stands in a fact or criterion, and what is known of it there. */
export interface Placed {
  readonly source: string;
  /** Below the fact or criterion. */
  readonly path: readonly PathStep[];
  /** The R4 type of what it is evaluated on, where that is no row and not the record. */
  readonly focusType?: string;
  /** What would be right in its place, where that is no expression of any kind. */
  readonly expected?: string;
  /** Names that stand for something in it alone, or were told of already where they are left in it. */
  readonly names?: readonly string[];
  /** An expression that gives what it is evaluated on, where that is a row. */
  readonly on?: string;
}

/** In the order of the file, but for `keep`. */
export function expressionsOfFact(name: string, fact: FactDefinition): readonly Placed[] {
  if ('expression' in fact) return [{ source: fact.expression, path: ['expression'] }];
  if ('newest' in fact) {
    return [
      { source: fact.newest, path: ['newest'] },
      { source: fact.on, path: ['on'], focusType: fact.type },
      ...(fact.since === undefined ? [] : [{ source: fact.since, path: ['since'] }]),
      ...(fact.until === undefined ? [] : [{ source: fact.until, path: ['until'] }]),
    ];
  }
  if ('rows' in fact) {
    const rows = fact.rows.flatMap((row, index) => expressionsOfRows(row, ['rows', index]));
    return fact.keep === undefined ? rows : [{ source: fact.keep, path: ['keep'], on: `%${name}` }, ...rows];
  }
  return [
    ...(fact.where === undefined ? [] : [{ source: fact.where, path: ['where'], on: `%${fact.tally}` }]),
    ...(fact.within === undefined
      ? []
      : [
          { source: fact.within.from, path: ['within', 'from'] },
          { source: fact.within.to, path: ['within', 'to'] },
        ]),
    { source: fact.pause, path: ['pause'] },
    ...Object.entries(fact.derive ?? {}).map(([column, source]) => ({
      source,
      path: ['derive', column],
      on: `%${name}`,
    })),
  ];
}

function expressionsOfRows(row: RowSourceDefinition, base: readonly PathStep[]): readonly Placed[] {
  const isRow = row.type === 'row';
  const on = isRow ? { on: row.of } : { focusType: row.eachType ?? row.type };
  const paths = Object.entries(row.let ?? {});
  const names = paths.map(([name]) => name);
  return [
    { source: row.of, path: [...base, 'of'] },
    ...(isRow ? [] : [elementAt(row.path, row.type, [...base, 'path'])]),
    ...(row.each === undefined ? [] : [{ source: row.each, path: [...base, 'each'], focusType: row.type }]),
    ...paths.map(([name, source]) => ({ source, path: [...base, 'let', name], ...on })),
    ...Object.entries(row.columns).map(([column, written]) => {
      const source = typeof written === 'string' ? written : written.expression;
      return { source, path: [...base, 'columns', column], ...on, names };
    }),
  ];
}

/** @param types what each piece of evidence is found in */
export function expressionsOfCriterion(
  criterion: CriterionDefinition,
  types: readonly (string | undefined)[],
): readonly Placed[] {
  const named = (key: 'parts' | 'readings' | 'figures'): Placed[] =>
    Object.entries(criterion[key] ?? {}).map(([name, source]) => ({ source, path: [key, name] }));
  return [
    ...(criterion.answers ?? []).map(({ when }, step) => ({ source: when, path: ['answers', step, 'when'] })),
    ...named('parts'),
    ...named('readings'),
    ...named('figures'),
    ...(criterion.readingInForce === undefined ? [] : [{ source: criterion.readingInForce, path: ['readingInForce'] }]),
    ...(criterion.notes ?? []).map(({ when }, step) => ({ source: when, path: ['notes', step, 'when'] })),
    ...(criterion.evidence ?? []).flatMap((piece, step) => evidenceIn(piece, step, types[step])),
  ];
}

function evidenceIn(
  { of, path, value }: NonNullable<CriterionDefinition['evidence']>[number],
  step: number,
  type: string | undefined,
): readonly Placed[] {
  const focus = type === undefined ? {} : { focusType: type };
  return [
    { source: of, path: ['evidence', step, 'of'] },
    ...(value === undefined ? [] : [{ source: value, path: ['evidence', step, 'value'], on: of, ...focus }]),
    ...(path === undefined || type === undefined ? [] : [elementAt(path, type, ['evidence', step, 'path'])]),
  ];
}

/** The element that a verdict names as the place of something; `item(x)` is the item x of a form. */
function elementAt(element: string, type: string, path: readonly PathStep[]): Placed {
  return {
    source: element.replace(/^item\(.*\)$/, 'item'),
    path,
    focusType: type,
    expected: `an element of R4's ${type}`,
  };
}
