import type { CardLibrary } from '../cards/library.js';
import type { Wording } from '../cards/message.js';
import type { Texts } from '../schemas/service.js';

/** Words for the codes in an assessment, so that a page can name what the wire only numbers. */
export interface CriterionWords {
  /** Title by criterion id. */
  readonly criteria: Readonly<Record<string, Texts>>;
  /** What is missing, by its id. */
  readonly missing: Readonly<Record<string, Texts>>;
  readonly documents: Readonly<Record<string, Texts>>;
  readonly sections: Readonly<Record<string, Texts>>;
  readonly readings: Readonly<Record<string, Texts>>;
  readonly regimes: Readonly<Record<string, Texts>>;
  /** Name by score id. */
  readonly scores: Readonly<Record<string, Texts>>;
}

/** The words that the cards are made of. */
export function criterionWords({ criteria, terms }: CardLibrary): CriterionWords {
  const { missing, documents, sections, readings, regimes, scores } = terms;
  return {
    criteria: picked(criteria, ({ title }) => title),
    missing: picked(Object.entries(missing), ({ term }) => term),
    documents,
    sections,
    readings,
    regimes: picked(Object.entries(regimes), ({ nl, en }) => ({ nl: withoutFigures(nl), en: withoutFigures(en) })),
    scores: picked(Object.entries(scores), ({ term }) => term),
  };
}

/** The last wording, which needs no figure: an assessment has none of the transition rule. */
function withoutFigures(wordings: readonly Wording[]): string {
  return wordings.at(-1)?.source ?? '';
}

function picked<T>(entries: Iterable<readonly [string, T]>, pick: (entry: T) => Texts): Record<string, Texts> {
  return Object.fromEntries([...entries].map(([id, entry]) => [id, pick(entry)]));
}
