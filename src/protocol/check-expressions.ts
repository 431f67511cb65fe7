import { lintExpression } from '../fhirpath/lint.js';
import type { CriterionDefinition, FactDefinition } from '../schemas/protocol.js';
import type { PathStep } from '../yaml/document.js';
import { type Finding, findingAt } from '../yaml/findings.js';
import type { YamlDocument } from '../yaml/read-yaml.js';
import { criterionVariable } from './criterion-variable.js';
import { GIVEN_TYPES, GIVEN_VARIABLES } from './given-variables.js';
import type { Provenance } from './load-protocol.js';
import type { Protocol, ProtocolVersion } from './protocol.js';

interface Place {
  readonly document: YamlDocument;
  readonly path: readonly PathStep[];
}

/**
 * Lints every expression of a version: syntax, functions, R4 paths, variables and value sets. One finding per fault,
 * at the line of the expression. A name in a file of another form is known; that file has its own finding.
 */
export function checkExpressions(
  protocol: Protocol,
  version: ProtocolVersion,
  provenance: Provenance,
): readonly Finding[] {
  const findings: Finding[] = [];
  const { names } = provenance;
  const known = new Set([...GIVEN_VARIABLES.keys(), ...provenance.parameters.keys(), ...names.facts]);
  const lint = (source: string, place: Place, focusType: string | undefined, more: Iterable<string> = []): void => {
    const options = {
      variables: [...known, ...more],
      variableTypes: GIVEN_TYPES,
      valueSets: protocol.valueSetNames,
      ...(focusType === undefined ? {} : { focusType }),
    };
    for (const finding of lintExpression(source, options)) {
      findings.push(
        findingAt(place.document, place.path, finding.message, 'a FHIRPath expression that can be evaluated'),
      );
    }
  };

  for (const [name, fact] of version.facts) {
    const document = provenance.facts.get(name)!;
    for (const { source, path, focusType, names: own } of expressionsOfFact(fact)) {
      lint(source, { document, path: ['facts', name, ...path] }, focusType, own);
    }
  }
  const statuses = [...names.criteria].map(criterionVariable);
  for (const criterion of version.criteria) {
    const { document, index } = provenance.criteria.get(criterion.id)!;
    const more = [
      ...Object.keys(criterion.with ?? {}),
      // Only rules see what other criteria came to.
      ...(criterion.readings === undefined ? [] : statuses),
      ...(criterion.parts === undefined ? [] : ['complete']),
    ];
    for (const { source, path } of expressionsOfCriterion(criterion)) {
      // What a criterion comes to is known once it is answered.
      const told = TELLING.has(path[0]) ? [...more, 'status'] : more;
      lint(source, { document, path: ['criteria', index, ...path] }, undefined, told);
    }
  }
  // A ladder uses the constants of its criteria, and those of one that could not be read are not known.
  const everyUser = version.criteria.length >= names.criteria.size;
  for (const [name, ladder] of everyUser ? version.ladders : []) {
    const users = version.criteria.filter(({ ladder: used }) => used === name);
    const constants = users.flatMap((user) => Object.keys(user.with ?? {}));
    if (users.every(({ parts }) => parts !== undefined)) constants.push('complete');
    for (const [step, { when }] of ladder.answers.entries()) {
      const path = ['ladders', name, 'answers', step, 'when'];
      lint(when, { document: provenance.ladders, path }, undefined, constants);
    }
  }
  const { regime, transition } = version.file;
  for (const [step, { when }] of regime.answers.entries()) {
    lint(when, { document: provenance.version, path: ['regime', 'answers', step, 'when'] }, undefined);
  }
  for (const key of ['covered', 'disputed'] as const) {
    lint(transition[key], { document: provenance.version, path: ['transition', key] }, undefined, ['regime']);
  }
  for (const [name, source] of Object.entries(transition.figures ?? {})) {
    lint(source, { document: provenance.version, path: ['transition', 'figures', name] }, undefined, ['regime']);
  }
  return findings;
}

const TELLING: ReadonlySet<unknown> = new Set(['figures', 'notes', 'evidence']);

interface Found {
  readonly source: string;
  readonly path: readonly PathStep[];
  readonly focusType?: string;
  /** Names that were told of already where they are left in it. */
  readonly names?: readonly string[];
}

function expressionsOfFact(fact: FactDefinition): readonly Found[] {
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
    const found: Found[] = fact.keep === undefined ? [] : [{ source: fact.keep, path: ['keep'] }];
    for (const [index, row] of fact.rows.entries()) {
      const focusType = row.type === 'row' ? undefined : (row.eachType ?? row.type);
      found.push({ source: row.of, path: ['rows', index, 'of'] });
      if (row.each !== undefined) found.push({ source: row.each, path: ['rows', index, 'each'], focusType: row.type });
      const onRow = (source: string, path: readonly PathStep[], names: readonly string[] = []): void => {
        found.push({
          source,
          path: ['rows', index, ...path],
          ...(focusType === undefined ? {} : { focusType }),
          names,
        });
      };
      const paths = Object.entries(row.let ?? {});
      for (const [name, source] of paths) onRow(source, ['let', name]);
      for (const [name, column] of Object.entries(row.columns)) {
        const source = typeof column === 'string' ? column : column.expression;
        onRow(
          source,
          ['columns', name],
          paths.map(([own]) => own),
        );
      }
    }
    return found;
  }
  return [
    ...(fact.where === undefined ? [] : [{ source: fact.where, path: ['where'] }]),
    ...(fact.within === undefined
      ? []
      : [
          { source: fact.within.from, path: ['within', 'from'] },
          { source: fact.within.to, path: ['within', 'to'] },
        ]),
    { source: fact.pause, path: ['pause'] },
    ...Object.entries(fact.derive ?? {}).map(([name, source]) => ({ source, path: ['derive', name] })),
  ];
}

function expressionsOfCriterion(criterion: CriterionDefinition): readonly Found[] {
  const named = (key: 'parts' | 'readings' | 'figures'): Found[] =>
    Object.entries(criterion[key] ?? {}).map(([name, source]) => ({ source, path: [key, name] }));
  return [
    ...(criterion.answers ?? []).map(({ when }, step) => ({ source: when, path: ['answers', step, 'when'] })),
    ...named('parts'),
    ...named('readings'),
    ...named('figures'),
    ...(criterion.readingInForce === undefined ? [] : [{ source: criterion.readingInForce, path: ['readingInForce'] }]),
    ...(criterion.notes ?? []).map(({ when }, step) => ({ source: when, path: ['notes', step, 'when'] })),
    ...(criterion.evidence ?? []).flatMap(({ of, value }, step) => [
      { source: of, path: ['evidence', step, 'of'] },
      ...(value === undefined ? [] : [{ source: value, path: ['evidence', step, 'value'] }]),
    ]),
  ];
}
