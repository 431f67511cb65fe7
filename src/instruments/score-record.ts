import { isAfter } from '../logic/calendar.js';
import { FORM_HOLDS, MEASUREMENT_HOLDS } from '../schemas/holding-status.js';
import { isObject, type Json } from '../schemas/json-object.js';
import type { Instrument, ScoreDefinition } from '../schemas/instrument.js';
import { isModified } from '../schemas/modified.js';
import type { GatheredRecord } from '../schemas/record.js';
import { referenceTo, type Resource } from '../schemas/resource.js';
import type { Score } from '../schemas/verdict.js';
import { formItems } from './answers.js';
import { type Catalogue, catalogueOf, type Meaning } from './catalogue.js';
import { codesIn } from './codes.js';
import { measuredOn, type MeasuredOn } from './measured-on.js';
import { fromOldToNew, mayBeAsNew, type RankedScore } from './newest.js';
import type { ScoringProblem } from './problems.js';
import { readTotal } from './read-total.js';
import { scoreItems } from './score-items.js';

export interface ScoreRecordOptions {
  readonly instruments: readonly Instrument[];
  readonly record: GatheredRecord;
  /** The day of the assessment, `YYYY-MM-DD`; what is dated later is not used. */
  readonly asOf: string;
}

export interface RecordScores {
  /**
   * The newest valid score of each kind, in the order of the instruments and their scores; none of a kind of which something may be as
   * new that has no status that can be read.
   */
  readonly scores: readonly Score[];
  /** Every valid score, by kind and then from old to new. */
  readonly history: readonly Score[];
  /** What belongs to an instrument and gave no score, or one to read with care; in a fixed order. */
  readonly problems: readonly ScoringProblem[];
}

/** Where findings about one resource go. */
interface Sink {
  readonly add: (score: ScoreDefinition, value: number, range: { readonly min: number; readonly max: number }) => void;
  readonly report: (problem: Omit<ScoringProblem, 'reference' | 'date' | 'detail'> & Partial<ScoringProblem>) => void;
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
  const catalogue = catalogueOf(instruments);
  const ranked = new Map<string, RankedScore[]>();
  const untold = new Map<string, MeasuredOn[]>();
  const problems: ScoringProblem[] = [];

  const mayHold = ({ id }: ScoreDefinition, measured: MeasuredOn): void => {
    if (isLater(measured, asOf)) return;
    const beside = untold.get(id);
    if (beside === undefined) untold.set(id, [measured]);
    else beside.push(measured);
  };

  const sinkFor = (resource: Resource, measured: MeasuredOn): Sink => {
    const reference = referenceTo(resource) ?? resource.resourceType;
    const dated = measured.date === undefined ? {} : { date: measured.date };
    return {
      add(score, value, { min, max }) {
        const list = ranked.get(score.id) ?? [];
        ranked.set(score.id, list);
        list.push({
          score: { instrument: score.id, value, min, max, ...dated, reference },
          atMs: measured.atMs,
          fromItems: resource.resourceType === 'QuestionnaireResponse',
          lastUpdated: lastUpdated(resource),
        });
      },
      report: (problem) => void problems.push({ reference, detail: {}, ...dated, ...problem }),
    };
  };

  for (const form of record.byType('QuestionnaireResponse')) {
    const canonical = form['questionnaire'];
    const named = typeof canonical === 'string' ? catalogue.byCanonical(canonical) : undefined;
    if (named === undefined || WITHDRAWN.has(form['status'])) continue;
    const measured = measuredOn(form);
    const sink = sinkFor(form, measured);
    const instrument = named.instrument.id;
    if (named.refused) sink.report({ instrument, problem: 'other-version' });
    else if (!FORM_HOLDS.has(form['status'])) {
      if (!OPEN_FORMS.has(form['status'])) named.instrument.scores.forEach((score) => mayHold(score, measured));
      sink.report({ instrument, problem: 'not-completed' });
    } else if (isModified(form)) sink.report({ instrument, problem: 'unreadable-value' });
    else if (isLater(measured, asOf)) sink.report({ instrument, problem: 'in-the-future' });
    else if (measured.unreadable) sink.report({ instrument, problem: 'unreadable-date' });
    else scoreForm(named.instrument, form, sink);
  }

  for (const observation of record.byType('Observation')) {
    if (WITHDRAWN.has(observation['status'])) continue;
    const components = componentsOf(observation);
    for (let at = -1; at < components.length; at += 1) {
      const part = at < 0 ? observation : components[at]!;
      const meanings = meaningsOf(part, catalogue);
      const [meaning] = meanings;
      if (meaning === undefined) continue;
      const measured = measuredOn(observation);
      const sink = sinkFor(observation, measured);
      const about = { instrument: meaning.instrument.id, score: meaning.score.id };
      const { status } = observation;
      if (!MEASUREMENT_HOLDS.has(status) && !OPEN_OBSERVATIONS.has(status))
        meanings.forEach(({ score }) => mayHold(score, measured));
      if (meanings.some(({ score }) => score !== meaning.score)) {
        sink.report({ instrument: meaning.instrument.id, problem: 'ambiguous-code' });
      } else if (!MEASUREMENT_HOLDS.has(status)) sink.report({ ...about, problem: 'not-final' });
      else if (isModified(observation) || isModified(part)) sink.report({ ...about, problem: 'unreadable-value' });
      else if (isLater(measured, asOf)) sink.report({ ...about, problem: 'in-the-future' });
      else if (measured.unreadable) sink.report({ ...about, problem: 'unreadable-date' });
      else {
        const total = readTotal(meaning.instrument, meaning.score, { observation, part, asOf });
        if ('value' in total) {
          sink.add(meaning.score, total.value, total);
          if (total.problem !== undefined)
            sink.report({ ...about, problem: total.problem, detail: { min: total.min, max: total.max } });
        } else sink.report({ ...about, problem: total.problem, detail: total.detail ?? {} });
      }
    }
  }

  const lists = instruments
    .flatMap((instrument) => instrument.scores)
    .map(({ id }) => ({ list: fromFirstToLast(ranked.get(id) ?? NO_SCORES), beside: untold.get(id) ?? [] }));
  return {
    scores: lists.flatMap(({ list, beside }) => {
      const newest = list.at(-1);
      return newest === undefined || beside.some((measured) => mayBeAsNew(measured, newest)) ? [] : newest.score;
    }),
    history: lists.flatMap(({ list }) => list.map(({ score }) => score)),
    problems: problems.length < 2 ? problems : inFixedOrder(problems),
  };
}

const NO_SCORES: RankedScore[] = [];

function fromFirstToLast(ranked: RankedScore[]): readonly RankedScore[] {
  return ranked.length < 2 ? ranked : ranked.sort(fromOldToNew);
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

function isLater(measured: MeasuredOn, asOf: string): boolean {
  return measured.date !== undefined && isAfter(measured.date, asOf);
}

function lastUpdated(resource: Resource): string {
  const meta = resource['meta'];
  return isObject(meta) && typeof meta['lastUpdated'] === 'string' ? meta['lastUpdated'] : '';
}

function inFixedOrder(problems: readonly ScoringProblem[]): readonly ScoringProblem[] {
  const keyed = problems.map((problem) => ({ problem, key: JSON.stringify(problem) }));
  return keyed.sort(byKey).map(({ problem }) => problem);
}

function byKey(a: { readonly key: string }, b: { readonly key: string }): number {
  if (a.key === b.key) return 0;
  return a.key < b.key ? -1 : 1;
}
