import { isAfter } from '../logic/calendar.js';
import { FORM_HOLDS, MEASUREMENT_HOLDS } from '../schemas/holding-status.js';
import { isObject, type Json } from '../schemas/json-object.js';
import type { Instrument } from '../schemas/instrument.js';
import { isModified } from '../schemas/modified.js';
import type { GatheredRecord } from '../schemas/record.js';
import type { Resource } from '../schemas/resource.js';
import { formItems } from './answers.js';
import { type Catalogue, catalogueOf, type Meaning } from './catalogue.js';
import { codesIn } from './codes.js';
import { FoundScores, type RecordScores, type Sink } from './found-scores.js';
import { measuredOn, type MeasuredOn } from './measured-on.js';
import type { ProblemCode } from './problems.js';
import { readTotal } from './read-total.js';
import { scoreItems } from './score-items.js';

export interface ScoreRecordOptions {
  readonly instruments: readonly Instrument[];
  readonly record: GatheredRecord;
  /** The day of the assessment, `YYYY-MM-DD`; what is dated later is not used. */
  readonly asOf: string;
}

/** Those of what does not hold, or not yet: an older score stands beside it. Without one of these or of those above it may hold. */
const OPEN_FORMS: ReadonlySet<unknown> = new Set(['in-progress', 'stopped']);
const OPEN_OBSERVATIONS: ReadonlySet<unknown> = new Set(['registered', 'preliminary']);
/** Records of something that did not happen: not even worth a mention. */
const WITHDRAWN: ReadonlySet<unknown> = new Set(['entered-in-error', 'cancelled']);

/**
 * Reads every score of the known instruments from a record: from item answers (QuestionnaireResponse) and from
 * totals (Observation and its components). What is missing or cannot be read never becomes a score.
 * The answer does not depend on the order of the record, and nothing in a record makes it throw.
 */
export function scoreRecord({ instruments, record, asOf }: ScoreRecordOptions): RecordScores {
  const reading: Reading = { catalogue: catalogueOf(instruments), asOf, found: new FoundScores() };
  for (const form of record.byType('QuestionnaireResponse')) readForm(form, reading);
  for (const observation of record.byType('Observation')) {
    if (WITHDRAWN.has(observation['status'])) continue;
    readPart(observation, observation, reading);
    for (const component of componentsOf(observation)) readPart(component, observation, reading);
  }
  return reading.found.inOrder(instruments);
}

/** A record while it is read. */
interface Reading {
  readonly catalogue: Catalogue;
  readonly asOf: string;
  readonly found: FoundScores;
}

function readForm(form: Resource, { catalogue, asOf, found }: Reading): void {
  const { questionnaire, status } = form;
  const named = typeof questionnaire === 'string' ? catalogue.byCanonical(questionnaire) : undefined;
  if (named === undefined || WITHDRAWN.has(status)) return;
  const measured = measuredOn(form);
  const sink = found.sinkFor(form, measured);
  const { instrument, refused } = named;
  const holds = FORM_HOLDS.has(status);
  if (!refused && !holds && !OPEN_FORMS.has(status) && !isLater(measured, asOf))
    for (const score of instrument.scores) found.mayHold(score, measured);
  const problem = refused ? 'other-version' : holds ? unreadIn(form, measured, asOf) : 'not-completed';
  if (problem === undefined) scoreForm(instrument, form, sink);
  else sink.report({ instrument: instrument.id, problem });
}

/** @param part an Observation, or one of its components */
function readPart(part: Json, observation: Resource, { catalogue, asOf, found }: Reading): void {
  const meanings = meaningsOf(part, catalogue);
  const [meaning] = meanings;
  if (meaning === undefined) return;
  const measured = measuredOn(observation);
  const sink = found.sinkFor(observation, measured);
  const { status } = observation;
  const holds = MEASUREMENT_HOLDS.has(status);
  if (!holds && !OPEN_OBSERVATIONS.has(status) && !isLater(measured, asOf))
    for (const { score } of meanings) found.mayHold(score, measured);
  const instrument = meaning.instrument.id;
  if (meanings.some(({ score }) => score !== meaning.score)) {
    sink.report({ instrument, problem: 'ambiguous-code' });
    return;
  }
  const about = { instrument, score: meaning.score.id };
  const unread = isModified(part) ? 'unreadable-value' : unreadIn(observation, measured, asOf);
  const problem = holds ? unread : 'not-final';
  if (problem === undefined) scoreTotal(meaning, { observation, part, asOf }, sink);
  else sink.report({ ...about, problem });
}

/** Why nothing is read of what holds: it is changed by a modifier extension, dated later, or perhaps later. */
function unreadIn(resource: Resource, measured: MeasuredOn, asOf: string): ProblemCode | undefined {
  if (isModified(resource)) return 'unreadable-value';
  if (isLater(measured, asOf)) return 'in-the-future';
  return measured.unreadable ? 'unreadable-date' : undefined;
}

function scoreForm(instrument: Instrument, form: Resource, sink: Sink): void {
  const items = formItems(form);
  const outcomes = instrument.scores.map((score) => ({ score, outcome: scoreItems(instrument, score, items) }));
  if (outcomes.some(({ outcome }) => outcome === 'other-version')) {
    sink.report({ instrument: instrument.id, problem: 'other-version' });
    return;
  }
  for (const { score, outcome } of outcomes) {
    if (typeof outcome === 'string') continue;
    if ('value' in outcome) sink.add(score, outcome.value, score);
    else sink.report({ instrument: instrument.id, score: score.id, problem: 'incomplete', detail: { ...outcome } });
  }
}

function scoreTotal({ instrument, score }: Meaning, from: Parameters<typeof readTotal>[2], sink: Sink): void {
  const total = readTotal(instrument, score, from);
  const about = { instrument: instrument.id, score: score.id };
  if (!('value' in total)) {
    sink.report({ ...about, problem: total.problem, detail: total.detail ?? {} });
    return;
  }
  const { value, min, max, problem } = total;
  sink.add(score, value, total);
  if (problem !== undefined) sink.report({ ...about, problem, detail: { min, max } });
}

function meaningsOf(part: Json, catalogue: Catalogue): readonly Meaning[] {
  const meanings: Meaning[] = [];
  for (const code of codesIn(part['code'])) {
    const meaning = catalogue.byCode(code);
    if (meaning !== undefined) meanings.push(meaning);
  }
  return meanings;
}

const NONE: readonly Json[] = [];

function componentsOf(observation: Json): readonly Json[] {
  const components = observation['component'];
  return Array.isArray(components) ? components.filter(isObject) : NONE;
}

function isLater({ date }: MeasuredOn, asOf: string): boolean {
  return date !== undefined && isAfter(date, asOf);
}
