import type { Instrument, ScoreDefinition } from '../schemas/instrument.js';
import { isObject } from '../schemas/json-object.js';
import { referenceTo, type Resource } from '../schemas/resource.js';
import type { Score } from '../schemas/verdict.js';
import type { MeasuredOn } from './measured-on.js';
import { fromOldToNew, mayBeAsNew, type RankedScore } from './newest.js';
import type { ScoringProblem } from './problems.js';

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
export interface Sink {
  readonly add: (score: ScoreDefinition, value: number, range: { readonly min: number; readonly max: number }) => void;
  readonly report: (problem: Omit<ScoringProblem, 'reference' | 'date' | 'detail'> & Partial<ScoringProblem>) => void;
}

/** What is found in a record while it is gone through. */
export class FoundScores {
  readonly #ranked = new Map<string, RankedScore[]>();
  /** What may hold a score and does not tell whether it does, by score. */
  readonly #untold = new Map<string, MeasuredOn[]>();
  readonly #problems: ScoringProblem[] = [];

  mayHold({ id }: ScoreDefinition, measured: MeasuredOn): void {
    const beside = this.#untold.get(id);
    if (beside === undefined) this.#untold.set(id, [measured]);
    else beside.push(measured);
  }

  sinkFor(resource: Resource, measured: MeasuredOn): Sink {
    const reference = referenceTo(resource) ?? resource.resourceType;
    const dated = measured.date === undefined ? {} : { date: measured.date };
    const [ranked, problems] = [this.#ranked, this.#problems];
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
  }

  /** All of it, in an order that does not hang on that of the record. */
  inOrder(instruments: readonly Instrument[]): RecordScores {
    const lists = instruments
      .flatMap((instrument) => instrument.scores)
      .map(({ id }) => ({
        list: fromFirstToLast(this.#ranked.get(id) ?? NO_SCORES),
        beside: this.#untold.get(id) ?? [],
      }));
    return {
      scores: lists.flatMap(({ list, beside }) => {
        const newest = list.at(-1);
        return newest === undefined || beside.some((measured) => mayBeAsNew(measured, newest)) ? [] : newest.score;
      }),
      history: lists.flatMap(({ list }) => list.map(({ score }) => score)),
      problems: this.#problems.length < 2 ? this.#problems : inFixedOrder(this.#problems),
    };
  }
}

const NO_SCORES: RankedScore[] = [];

function fromFirstToLast(ranked: RankedScore[]): readonly RankedScore[] {
  return ranked.length < 2 ? ranked : ranked.sort(fromOldToNew);
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
