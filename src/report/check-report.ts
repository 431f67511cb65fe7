import { lintExpression } from '../fhirpath/lint.js';
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

/** What a row is drawn from: its lane, and its place in time. */
const TIMELINE_COLUMNS = ['part', 'discipline', 'on', 'from', 'to', 'number'] as const;

function columnsOf(fact: FactDefinition | undefined): ReadonlySet<string> {
  return new Set(fact === undefined || !('rows' in fact) ? [] : fact.rows.flatMap((row) => Object.keys(row.columns)));
}

/**
 * Lints every expression of a report, and checks that the tables, criteria, scores and items of forms it names
 * exist. One finding per fault, at its line.
 */
export function checkReport(file: ReportPlanFile, document: YamlDocument, context: ReportContext): readonly Finding[] {
  const { protocol, version } = context;
  const findings: Finding[] = [];
  const variables = [
    ...GIVEN_VARIABLES.keys(),
    ...protocol.parameters.map(({ name }) => name),
    ...version.facts.keys(),
  ];
  const scores = new Set(context.instruments.flatMap((instrument) => instrument.scores.map(({ id }) => id)));
  const known = knownFacts(protocol, version, { forms: context.forms, scores: [...scores] });
  const lint = (source: string, path: readonly PathStep[], focusType?: string, on?: string): void => {
    const focus = on === undefined ? undefined : valuesIn(on, known);
    const options = { variables, variableTypes: GIVEN_TYPES, valueSets: protocol.valueSetNames, known, focus };
    const found = lintExpression(source, focusType === undefined ? options : { ...options, focusType });
    for (const { message, expected = 'a FHIRPath expression that can be evaluated' } of found) {
      findings.push(findingAt(document, path, message, expected));
    }
  };
  const criteria = new Set(version.criteria.map(({ id }) => id));
  const demand = (known: ReadonlySet<string>, name: string, path: readonly PathStep[], what: string): void => {
    if (!known.has(name)) findings.push(findingAt(document, path, name, what));
  };
  const once = new Set<string>();

  for (const [index, field] of file.fields.entries()) {
    for (const [place, item] of field.items.entries()) {
      const path = ['fields', index, 'items', place];
      if (once.has(item.id)) findings.push(findingAt(document, [...path, 'id'], `${item.id} again`, 'every item once'));
      once.add(item.id);
      if (item.as === 'code' && item.words === undefined) {
        findings.push(findingAt(document, [...path, 'as'], 'a code without words', 'the group of its words'));
      }
      for (const [step, origin] of item.from.entries()) {
        const at = [...path, 'from', step];
        const { of, type, path: element = '', value } = expressionsOf(origin);
        lint(of, at);
        lint(value, at, type, of);
        // Of an item alone the value asks for it by name.
        const named = 'in' in origin ? undefined : itemNamed(element);
        if (named !== undefined && context.forms?.has(named) === false)
          findings.push(findingAt(document, at, named, ITEM_OF_FORM));
      }
    }
    for (const [place, { of }] of (field.scores ?? []).entries()) {
      for (const score of of)
        demand(scores, score, ['fields', index, 'scores', place, 'of'], 'a score of an instrument');
    }
    for (const id of field.criteria ?? []) demand(criteria, id, ['fields', index, 'criteria'], 'a criterion');
  }
  for (const [index, chart] of file.charts.entries()) {
    for (const score of chart.scores) demand(scores, score, ['charts', index, 'scores'], 'a score of an instrument');
  }

  const { timeline } = file;
  const tables = new Set(
    [...version.facts].filter(([, fact]) => 'rows' in fact || 'tally' in fact).map(([name]) => name),
  );
  demand(tables, timeline.rows, ['timeline', 'rows'], 'the name of a table');
  demand(tables, timeline.courses, ['timeline', 'courses'], 'the name of a table');
  const columns = columnsOf(version.facts.get(timeline.rows));
  for (const column of TIMELINE_COLUMNS)
    demand(columns, column, ['timeline', 'rows'], `a table with the columns ${TIMELINE_COLUMNS.join(', ')}`);
  demand(criteria, timeline.criterion, ['timeline', 'criterion'], 'a criterion');
  lint(timeline.window.from, ['timeline', 'window', 'from']);
  lint(timeline.window.to, ['timeline', 'window', 'to']);
  lint(timeline.onset, ['timeline', 'onset']);
  lint(timeline.ruler, ['timeline', 'ruler']);
  for (const [index, { when }] of timeline.standings.entries()) {
    lint(when, ['timeline', 'standings', index, 'when'], undefined, `%${timeline.rows}`);
  }
  for (const [index, { criterion }] of timeline.parts.entries()) {
    if (criterion !== undefined) demand(criteria, criterion, ['timeline', 'parts', index, 'criterion'], 'a criterion');
  }
  return findings;
}
