import { lintExpression } from '../fhirpath/lint.js';
import type { CriterionDefinition, FactDefinition } from '../schemas/protocol.js';
import type { PathStep } from '../yaml/document.js';
import { type Finding, findingAt } from '../yaml/findings.js';
import type { YamlDocument } from '../yaml/read-yaml.js';
import { criterionVariable } from './criterion-variable.js';
import { GIVEN_TYPES, GIVEN_VARIABLES } from './given-variables.js';
import { ITEM_OF_FORM, itemNamed } from './item-named.js';
import { constantsAgainst } from './check-constants.js';
import { knownFacts, type SpokenOf, valuesIn } from './known-facts.js';
import type { Provenance } from './load-protocol.js';
import type { Protocol, ProtocolVersion } from './protocol.js';

interface Place {
  readonly document: YamlDocument;
  readonly path: readonly PathStep[];
}

/** R4 resource types that are known once a version is compiled; of what is not there nothing is known. */
export interface CompiledTypes {
  /** What facts hold, by name. */
  readonly facts: Readonly<Record<string, string>>;
  /** What each piece of evidence is found in, by criterion. */
  readonly evidence: ReadonlyMap<string, readonly (string | undefined)[]>;
}

/** What else is known of the things that expressions speak about. */
export interface CheckOptions {
  /** Absent as long as the version cannot be compiled; R4 paths on facts and in evidence are not looked at then. */
  readonly types?: CompiledTypes;
  /** Absent where columns and texts were looked at before. */
  readonly spokenOf?: SpokenOf;
}

const EXPRESSION = 'a FHIRPath expression that can be evaluated';

/**
 * Lints every expression of a version: syntax, functions, R4 paths, variables and value sets. One finding per fault,
 * at the line of the expression. A name in a file of another form is known; that file has its own finding. So is every
 * column that no row has, and every text that what it is compared with can never be: an item, an answer, a score, a choice.
 */
export function checkExpressions(
  protocol: Protocol,
  version: ProtocolVersion,
  provenance: Provenance,
  { types, spokenOf }: CheckOptions = {},
): readonly Finding[] {
  const findings: Finding[] = [];
  const { names } = provenance;
  const known = new Set([...GIVEN_VARIABLES.keys(), ...provenance.parameters.keys(), ...names.facts]);
  const variableTypes = { ...GIVEN_TYPES, ...types?.facts };
  // Of the rest nothing more is known than when it was looked at without the types.
  const typed = types === undefined ? undefined : new RegExp(`%(?:${Object.keys(types.facts).join('|')})\\b`);
  const mustBeItem = (named: string, { document, path }: Place): void => {
    const item = itemNamed(named);
    if (item !== undefined && spokenOf?.forms?.has(item) === false)
      findings.push(findingAt(document, path, item, ITEM_OF_FORM));
  };
  const values = spokenOf && knownFacts(protocol, version, spokenOf);
  const lint = (
    document: YamlDocument,
    base: readonly PathStep[],
    { source, path, focusType, expected = EXPRESSION, names: own = [], on }: Found,
    more: Iterable<string> = own,
    typedFocus = false,
  ): void => {
    if (typed !== undefined && !typedFocus && !typed.test(source)) return;
    const options = {
      variables: [...known, ...more],
      variableTypes,
      valueSets: protocol.valueSetNames,
      known: values,
      focus: values === undefined || on === undefined ? undefined : valuesIn(on, values),
      ...(focusType === undefined ? {} : { focusType }),
    };
    for (const finding of lintExpression(source, options)) {
      findings.push(findingAt(document, [...base, ...path], finding.message, finding.expected ?? expected));
    }
  };

  for (const [name, fact] of version.facts) {
    const document = provenance.facts.get(name)!;
    for (const [index, { path }] of ('rows' in fact ? fact.rows : []).entries())
      mustBeItem(path, { document, path: ['facts', name, 'rows', index, 'path'] });
    for (const found of expressionsOfFact(name, fact)) lint(document, ['facts', name], found);
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
    for (const [step, { path = '' }] of (criterion.evidence ?? []).entries())
      mustBeItem(path, { document, path: ['criteria', index, 'evidence', step, 'path'] });
    const evidenceTypes = types?.evidence.get(criterion.id) ?? [];
    for (const found of expressionsOfCriterion(criterion, evidenceTypes)) {
      // What a criterion comes to is known once it is answered.
      const told = TELLING.has(found.path[0]) ? [...more, 'status'] : more;
      lint(document, ['criteria', index], found, told, found.focusType !== undefined);
    }
    if (values === undefined) continue;
    for (const { constant, found, expected } of constantsAgainst(criterion, version.ladders, values))
      findings.push(findingAt(document, ['criteria', index, 'with', constant], found, expected));
  }
  // A ladder uses the constants of its criteria, and those of one that could not be read are not known.
  const everyUser = version.criteria.length >= names.criteria.size;
  for (const [name, ladder] of everyUser ? version.ladders : []) {
    const users = version.criteria.filter(({ ladder: used }) => used === name);
    const constants = users.flatMap((user) => Object.keys(user.with ?? {}));
    if (users.every(({ parts }) => parts !== undefined)) constants.push('complete');
    for (const [step, { when }] of ladder.answers.entries()) {
      lint(provenance.ladders, ['ladders', name], { source: when, path: ['answers', step, 'when'] }, constants);
    }
  }
  const { regime, transition } = version.file;
  for (const [step, { when }] of regime.answers.entries()) {
    lint(provenance.version, ['regime'], { source: when, path: ['answers', step, 'when'] });
  }
  for (const key of ['covered', 'disputed'] as const) {
    lint(provenance.version, ['transition'], { source: transition[key], path: [key] }, ['regime']);
  }
  for (const [name, source] of Object.entries(transition.figures ?? {})) {
    lint(provenance.version, ['transition'], { source, path: ['figures', name] }, ['regime']);
  }
  return findings;
}

const TELLING: ReadonlySet<unknown> = new Set(['figures', 'notes', 'evidence']);

interface Found {
  readonly source: string;
  readonly path: readonly PathStep[];
  readonly focusType?: string;
  readonly expected?: string;
  /** Names that were told of already where they are left in it. */
  readonly names?: readonly string[];
  /** An expression that gives what it is evaluated on, where that is a row. */
  readonly on?: string;
}

function expressionsOfFact(name: string, fact: FactDefinition): readonly Found[] {
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
    const found: Found[] = fact.keep === undefined ? [] : [{ source: fact.keep, path: ['keep'], on: `%${name}` }];
    for (const [index, row] of fact.rows.entries()) {
      const focusType = row.type === 'row' ? undefined : (row.eachType ?? row.type);
      found.push({ source: row.of, path: ['rows', index, 'of'] });
      if (row.type !== 'row') found.push(elementAt(row.path, row.type, ['rows', index, 'path']));
      if (row.each !== undefined) found.push({ source: row.each, path: ['rows', index, 'each'], focusType: row.type });
      const onRow = (source: string, path: readonly PathStep[], names: readonly string[] = []): void => {
        found.push({
          source,
          path: ['rows', index, ...path],
          ...(focusType === undefined ? { on: row.of } : { focusType }),
          names,
        });
      };
      const paths = Object.entries(row.let ?? {});
      for (const [own, source] of paths) onRow(source, ['let', own]);
      for (const [column, written] of Object.entries(row.columns)) {
        const source = typeof written === 'string' ? written : written.expression;
        onRow(
          source,
          ['columns', column],
          paths.map(([own]) => own),
        );
      }
    }
    return found;
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

/** @param types what each piece of evidence is found in */
function expressionsOfCriterion(
  criterion: CriterionDefinition,
  types: readonly (string | undefined)[],
): readonly Found[] {
  const named = (key: 'parts' | 'readings' | 'figures'): Found[] =>
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
): readonly Found[] {
  const focus = type === undefined ? {} : { focusType: type };
  return [
    { source: of, path: ['evidence', step, 'of'] },
    ...(value === undefined ? [] : [{ source: value, path: ['evidence', step, 'value'], on: of, ...focus }]),
    ...(path === undefined || type === undefined ? [] : [elementAt(path, type, ['evidence', step, 'path'])]),
  ];
}

/** The element that a verdict names as the place of something; `item(x)` is the item x of a form. */
function elementAt(element: string, type: string, path: readonly PathStep[]): Found {
  return {
    source: element.replace(/^item\(.*\)$/, 'item'),
    path,
    focusType: type,
    expected: `an element of R4's ${type}`,
  };
}
