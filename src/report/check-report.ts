import type { KnownValues } from '../fhirpath/known-values.js';
import { lintExpression, type LintOptions } from '../fhirpath/lint.js';
import { GIVEN_TYPES, GIVEN_VARIABLES } from '../protocol/given-variables.js';
import type { Forms } from '../protocol/forms.js';
import { ITEM_OF_FORM, itemNamed } from '../protocol/item-named.js';
import { knownFacts, valuesIn } from '../protocol/known-facts.js';
import type { Protocol, ProtocolVersion } from '../protocol/protocol.js';
import type { Instrument } from '../schemas/instrument.js';
import type { FactDefinition } from '../schemas/protocol.js';
import type { ReportPlanFile } from '../schemas/report-files.js';
import type { PathStep } from '../yaml/document.js';
import { type Finding, findingAt } from '../yaml/findings.js';
import type { YamlDocument } from '../yaml/read-yaml.js';
import { expressionsOf } from './report-plan.js';

/** What the report of a version may name. */
export interface ReportContext {
  readonly protocol: Protocol;
  readonly version: ProtocolVersion;
  readonly instruments: readonly Instrument[];
  /** The items of the protocol's forms, where they are known. */
  readonly forms?: Forms | undefined;
}

/**
 * Lints every expression of a report, and checks that the tables, criteria, scores and items of forms it names
 * exist. One finding per fault, at its line.
 */
export function checkReport(file: ReportPlanFile, document: YamlDocument, context: ReportContext): readonly Finding[] {
  const checks = new ReportChecks(document, context);
  checkFields(file, checks);
  for (const [index, { scores }] of file.charts.entries()) {
    for (const score of scores) checks.demandScore(score, ['charts', index, 'scores']);
  }
  checkTimeline(file, checks, context.version);
  return checks.findings;
}

/** What is looked for at a place in the plan of a report, and what was found against it. */
class ReportChecks {
  readonly findings: Finding[] = [];
  readonly #document: YamlDocument;
  readonly #forms: Forms | undefined;
  readonly #scores: ReadonlySet<string>;
  readonly #criteria: ReadonlySet<string>;
  readonly #names: Pick<LintOptions, 'variables' | 'variableTypes' | 'valueSets'>;
  readonly #known: KnownValues;

  constructor(document: YamlDocument, { protocol, version, instruments, forms }: ReportContext) {
    this.#document = document;
    this.#forms = forms;
    this.#scores = new Set(instruments.flatMap(({ scores }) => scores.map(({ id }) => id)));
    this.#criteria = new Set(version.criteria.map(({ id }) => id));
    this.#known = knownFacts(protocol, version, { forms, scores: [...this.#scores] });
    const parameters = protocol.parameters.map(({ name }) => name);
    this.#names = {
      variables: [...GIVEN_VARIABLES.keys(), ...parameters, ...version.facts.keys()],
      variableTypes: GIVEN_TYPES,
      valueSets: protocol.valueSetNames,
    };
  }

  find(path: readonly PathStep[], found: string, expected: string): void {
    this.findings.push(findingAt(this.#document, path, found, expected));
  }

  /** @param on the expression that gives what this one is evaluated on */
  lint(source: string, path: readonly PathStep[], focusType?: string, on?: string): void {
    const focus = on === undefined ? undefined : valuesIn(on, this.#known);
    const onRecord = on === undefined;
    const options = {
      ...this.#names,
      known: this.#known,
      focus,
      onRecord,
      ...(focusType === undefined ? {} : { focusType }),
    };
    for (const { message, expected = 'a FHIRPath expression that can be evaluated' } of lintExpression(source, options))
      this.find(path, message, expected);
  }

  demand(known: ReadonlySet<string>, name: string, path: readonly PathStep[], what: string): void {
    if (!known.has(name)) this.find(path, name, what);
  }

  demandScore(name: string, path: readonly PathStep[]): void {
    this.demand(this.#scores, name, path, 'a score of an instrument');
  }

  demandCriterion(id: string, path: readonly PathStep[]): void {
    this.demand(this.#criteria, id, path, 'a criterion');
  }

  /** An item of a form that a path names, where the items of the forms are known. */
  demandItem(element: string, path: readonly PathStep[]): void {
    const named = itemNamed(element);
    if (named !== undefined && this.#forms?.has(named) === false) this.find(path, named, ITEM_OF_FORM);
  }
}

function checkFields({ fields }: ReportPlanFile, checks: ReportChecks): void {
  const once = new Set<string>();
  for (const [index, field] of fields.entries()) {
    for (const [place, item] of field.items.entries()) {
      const path = ['fields', index, 'items', place];
      if (once.has(item.id)) checks.find([...path, 'id'], `${item.id} again`, 'every item once');
      once.add(item.id);
      if (item.as === 'code' && item.words === undefined)
        checks.find([...path, 'as'], 'a code without words', 'the group of its words');
      for (const [step, origin] of item.from.entries()) {
        const at = [...path, 'from', step];
        const { of, type, path: element = '', value } = expressionsOf(origin);
        checks.lint(of, at);
        checks.lint(value, at, type, of);
        // Of an item alone the value asks for it by name.
        if (!('in' in origin)) checks.demandItem(element, at);
      }
    }
    for (const [place, { of }] of (field.scores ?? []).entries()) {
      for (const score of of) checks.demandScore(score, ['fields', index, 'scores', place, 'of']);
    }
    for (const id of field.criteria ?? []) checks.demandCriterion(id, ['fields', index, 'criteria']);
  }
}

/** What a row is drawn from: its lane, and its place in time. */
const TIMELINE_COLUMNS = ['part', 'discipline', 'on', 'from', 'to', 'number'] as const;

function checkTimeline({ timeline }: ReportPlanFile, checks: ReportChecks, { facts }: ProtocolVersion): void {
  const tables = new Set([...facts].filter(([, fact]) => 'rows' in fact || 'tally' in fact).map(([name]) => name));
  checks.demand(tables, timeline.rows, ['timeline', 'rows'], 'the name of a table');
  checks.demand(tables, timeline.courses, ['timeline', 'courses'], 'the name of a table');
  const columns = columnsOf(facts.get(timeline.rows));
  for (const column of TIMELINE_COLUMNS)
    checks.demand(columns, column, ['timeline', 'rows'], `a table with the columns ${TIMELINE_COLUMNS.join(', ')}`);
  checks.demandCriterion(timeline.criterion, ['timeline', 'criterion']);
  checks.lint(timeline.window.from, ['timeline', 'window', 'from']);
  checks.lint(timeline.window.to, ['timeline', 'window', 'to']);
  checks.lint(timeline.onset, ['timeline', 'onset']);
  checks.lint(timeline.ruler, ['timeline', 'ruler']);
  for (const [index, { when }] of timeline.standings.entries())
    checks.lint(when, ['timeline', 'standings', index, 'when'], undefined, `%${timeline.rows}`);
  for (const [index, { criterion }] of timeline.parts.entries())
    if (criterion !== undefined) checks.demandCriterion(criterion, ['timeline', 'parts', index, 'criterion']);
}

function columnsOf(fact: FactDefinition | undefined): ReadonlySet<string> {
  return new Set(fact === undefined || !('rows' in fact) ? [] : fact.rows.flatMap((row) => Object.keys(row.columns)));
}
