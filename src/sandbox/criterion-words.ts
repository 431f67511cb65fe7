import type { z } from 'zod';
import { readFolder } from '../protocol/read-folder.js';
import { criterionTextsFileSchema, termsFileSchema } from '../schemas/card-files.js';
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

/** Takes the words from the files that the cards are made from; a file of another form gives none. */
export function loadCriterionWords(cards: string): CriterionWords {
  const criteria = filesIn(cards, 'criteria', criterionTextsFileSchema).flatMap((file) =>
    Object.entries(file.criteria),
  );
  const terms = filesIn(cards, 'terms', termsFileSchema);
  const merged = <T>(pick: (file: z.infer<typeof termsFileSchema>) => Readonly<Record<string, T>> | undefined) =>
    Object.fromEntries(terms.flatMap((file) => Object.entries(pick(file) ?? {})));
  return {
    criteria: Object.fromEntries(criteria.map(([id, { title }]) => [id, title])),
    missing: termsOf(merged((file) => file.missing)),
    documents: merged((file) => file.documents),
    sections: merged((file) => file.sections),
    readings: merged((file) => file.readings),
    regimes: merged((file) => file.regimes),
    scores: termsOf(merged((file) => file.scores)),
  };
}

function filesIn<S extends z.ZodType>(root: string, folder: string, schema: S): readonly z.output<S>[] {
  return [...readFolder(root, folder).values()].flatMap(({ value }) => {
    const checked = schema.safeParse(value);
    return checked.success ? [checked.data] : [];
  });
}

function termsOf(entries: Readonly<Record<string, { readonly term: Texts }>>): Record<string, Texts> {
  return Object.fromEntries(Object.entries(entries).map(([id, { term }]) => [id, term]));
}
