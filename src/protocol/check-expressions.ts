import type { KnownValues } from '../fhirpath/known-values.js';
import { lintExpression } from '../fhirpath/lint.js';
import type { CriterionDefinition } from '../schemas/protocol.js';
import type { PathStep } from '../yaml/document.js';
import { type Finding, findingAt } from '../yaml/findings.js';
import type { YamlDocument } from '../yaml/read-yaml.js';
import { criterionVariable } from './criterion-variable.js';
import { GIVEN_TYPES, GIVEN_VARIABLES } from './given-variables.js';
import { ITEM_OF_FORM, itemNamed } from './item-named.js';
import { constantsAgainst } from './check-constants.js';
import { knownFacts, type SpokenOf, valuesIn } from './known-facts.js';
import type { Provenance } from './load-protocol.js';
import { expressionsOfCriterion, expressionsOfFact, type Placed } from './placed-expressions.js';
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
  options: CheckOptions = {},
): readonly Finding[] {
  return new ExpressionCheck(protocol, version, provenance, options).run();
}

class ExpressionCheck {
  readonly #findings: Finding[] = [];
  readonly #variables: readonly string[];
  readonly #variableTypes: Readonly<Record<string, string>>;
  readonly #values: KnownValues | undefined;
  /** Finds the facts of which the types are known: of the rest nothing more is known than when it was looked at without types. */
  readonly #typed: RegExp | undefined;

  constructor(
    private readonly protocol: Protocol,
    private readonly version: ProtocolVersion,
    private readonly provenance: Provenance,
    private readonly options: CheckOptions,
  ) {
    const { types, spokenOf } = options;
    const { names, parameters } = provenance;
    this.#variables = [...new Set([...GIVEN_VARIABLES.keys(), ...parameters.keys(), ...names.facts])];
    this.#variableTypes = { ...GIVEN_TYPES, ...types?.facts };
    this.#values = spokenOf && knownFacts(protocol, version, spokenOf);
    this.#typed = types === undefined ? undefined : new RegExp(`%(?:${Object.keys(types.facts).join('|')})\\b`);
  }

  run(): readonly Finding[] {
    this.#facts();
    for (const criterion of this.version.criteria) this.#criterion(criterion);
    this.#ladders();
    this.#regimeAndTransition();
    return this.#findings;
  }

  #facts(): void {
    for (const [name, fact] of this.version.facts) {
      const document = this.provenance.facts.get(name)!;
      for (const [index, { path }] of ('rows' in fact ? fact.rows : []).entries())
        this.#mustBeItem(path, { document, path: ['facts', name, 'rows', index, 'path'] });
      for (const placed of expressionsOfFact(name, fact)) this.#lint({ document, path: ['facts', name] }, placed);
    }
  }

  #criterion(criterion: CriterionDefinition): void {
    const { document, index } = this.provenance.criteria.get(criterion.id)!;
    const base = ['criteria', index];
    const names = [
      ...Object.keys(criterion.with ?? {}),
      // Only rules see what other criteria came to.
      ...(criterion.readings === undefined ? [] : [...this.provenance.names.criteria].map(criterionVariable)),
      ...(criterion.parts === undefined ? [] : ['complete']),
    ];
    for (const [step, { path = '' }] of (criterion.evidence ?? []).entries())
      this.#mustBeItem(path, { document, path: [...base, 'evidence', step, 'path'] });
    const evidenceTypes = this.options.types?.evidence.get(criterion.id) ?? [];
    for (const placed of expressionsOfCriterion(criterion, evidenceTypes)) {
      // What a criterion comes to is known once it is answered.
      const told = TELLING.has(placed.path[0]) ? [...names, 'status'] : names;
      this.#lint({ document, path: base }, { ...placed, names: told }, placed.focusType !== undefined);
    }
    if (this.#values === undefined) return;
    for (const { constant, found, expected } of constantsAgainst(criterion, this.version.ladders, this.#values))
      this.#findings.push(findingAt(document, [...base, 'with', constant], found, expected));
  }

  #ladders(): void {
    const { version, provenance } = this;
    // A ladder uses the constants of its criteria, and those of one that could not be read are not known.
    if (version.criteria.length < provenance.names.criteria.size) return;
    for (const [name, ladder] of version.ladders) {
      const users = version.criteria.filter(({ ladder: used }) => used === name);
      const names = users.flatMap((user) => Object.keys(user.with ?? {}));
      if (users.every(({ parts }) => parts !== undefined)) names.push('complete');
      for (const [step, { when }] of ladder.answers.entries()) {
        const base = { document: provenance.ladders, path: ['ladders', name] };
        this.#lint(base, { source: when, path: ['answers', step, 'when'], names });
      }
    }
  }

  #regimeAndTransition(): void {
    const { regime, transition } = this.version.file;
    const document = this.provenance.version;
    for (const [step, { when }] of regime.answers.entries())
      this.#lint({ document, path: ['regime'] }, { source: when, path: ['answers', step, 'when'] });
    const { covered, disputed, figures = {} } = transition;
    const expressions: readonly Placed[] = [
      { source: covered, path: ['covered'] },
      { source: disputed, path: ['disputed'] },
      ...Object.entries(figures).map(([name, source]) => ({ source, path: ['figures', name] })),
    ];
    for (const placed of expressions) this.#lint({ document, path: ['transition'] }, { ...placed, names: ['regime'] });
  }

  #mustBeItem(named: string, { document, path }: Place): void {
    const item = itemNamed(named);
    if (item !== undefined && this.options.spokenOf?.forms?.has(item) === false)
      this.#findings.push(findingAt(document, path, item, ITEM_OF_FORM));
  }

  /** @param isTyped whether the type of what it is evaluated on is among those that are known only now */
  #lint({ document, path: base }: Place, placed: Placed, isTyped = false): void {
    const { source, path, focusType, expected = EXPRESSION, names = [], on } = placed;
    if (this.#typed !== undefined && !isTyped && !this.#typed.test(source)) return;
    const values = this.#values;
    const options = {
      variables: [...this.#variables, ...names],
      variableTypes: this.#variableTypes,
      valueSets: this.protocol.valueSetNames,
      known: values,
      focus: values === undefined || on === undefined ? undefined : valuesIn(on, values),
      onRecord: on === undefined,
      ...(focusType === undefined ? {} : { focusType }),
    };
    for (const finding of lintExpression(source, options)) {
      const right = finding.expected ?? expected;
      this.#findings.push(findingAt(document, [...base, ...path], finding.message, right));
    }
  }
}

const TELLING: ReadonlySet<unknown> = new Set(['figures', 'notes', 'evidence']);
