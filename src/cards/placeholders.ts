import type { Language } from '../schemas/service.js';
import { showDay } from './display.js';
import type { CardLibrary } from './library.js';
import type { Message, Wording } from './message.js';

/** A count, with the forms that a plural may take and more than a card will ever have. */
const COUNTS: readonly number[] = [0, 1, 2, 999];

/** The month with the longest name. */
const LONGEST_DAY = '2026-09-30';

/** Values that every template may name and that are always there. */
const ALWAYS = new Set([
  'phase',
  'outcome',
  'asOf',
  'referredOn',
  'referralDay',
  'regime',
  'order',
  'orderReference',
  'criteria',
  'met',
  'failing',
  'attention',
  'missing',
]);

/** Values that are there only when there is such a thing. */
const SOMETIMES = new Set([
  'brief',
  'firstFailing',
  'moreFailing',
  'firstJudge',
  'moreJudge',
  'firstMissing',
  'moreMissing',
]);

/** Which groups must hold something before a card comes, so that its `first…` is there. */
const WITH_GROUP: Readonly<Record<string, readonly string[]>> = {
  'not-met': ['firstFailing', 'moreFailing'],
  review: ['firstJudge', 'moreJudge'],
};

/** The values that a message is filled with. */
export interface Given {
  readonly always: ReadonlySet<string>;
  readonly sometimes: ReadonlySet<string>;
}

/**
 * The values that a template may name; what every card has is filled with the same, of no template.
 *
 * @param figures names of the figures that the transition rules give; each is there only when the record tells it
 */
export function givenToTemplate(figures: ReadonlySet<string>, template = ''): Given {
  return {
    always: new Set([...ALWAYS, ...(WITH_GROUP[template] ?? [])]),
    sometimes: new Set([...SOMETIMES, ...figures]),
  };
}

/** Placeholders, of any wording, that get no value. */
export function unknownPlaceholders(message: Message, { always, sometimes }: Given): readonly string[] {
  return placeholdersOf(message).filter((name) => !always.has(name) && !sometimes.has(name));
}

/** Placeholders of the last wording that may be without a value, so that nothing would be left to say. */
export function uncertainPlaceholders(message: Message, { sometimes, always }: Given): readonly string[] {
  const uncertain = (name: string): boolean => sometimes.has(name) && !always.has(name);
  return [...new Set(lastWordings(message).flatMap(({ placeholders }) => placeholders.filter(uncertain)))];
}

export function placeholdersOf(message: Message): readonly string[] {
  return [
    ...new Set(Object.values(message).flatMap((wordings) => wordings.flatMap(({ placeholders }) => placeholders))),
  ];
}

export function lastWordings(message: Message): readonly Wording[] {
  return Object.values(message).flatMap((wordings) => wordings.at(-1) ?? []);
}

/**
 * The longest that a wording can become, in UTF-16 units, over every value that its placeholders can take.
 *
 * @param figures names of the figures that the transition rules give
 */
export function longest(
  library: CardLibrary,
  wording: Wording,
  language: Language,
  figures: ReadonlySet<string>,
): number {
  let combinations: readonly Readonly<Record<string, string | number>>[] = [{}];
  for (const name of wording.placeholders) {
    const values = figures.has(name) ? ofFigure(wording, name, language) : extremes(library, wording, name, language);
    combinations = combinations.flatMap((one) => values.map((value) => ({ ...one, [name]: value })));
  }
  return Math.max(...combinations.map((values) => wording.format(values).length));
}

function extremes(
  library: CardLibrary,
  wording: Wording,
  name: string,
  language: Language,
): readonly (string | number)[] {
  const options = wording.options.get(name);
  if (options !== undefined) return options;
  const { terms, criteria } = library;
  if (name === 'firstFailing' || name === 'firstJudge')
    return [longestOf([...criteria.values()].map(({ short }) => short[language]))];
  if (name === 'firstMissing') {
    const gaps = longestOf(Object.values(terms.gaps).map((term) => term[language]));
    const types = longestOf(Object.values(terms.resourceTypes).map((term) => term[language]));
    const named = Object.values(terms.missing).map(({ term }) => term[language]);
    const forms = Object.values(terms.questionnaires).map(({ term }) => term[language]);
    const titles = [...criteria.values()].map(({ title }) => title[language]);
    return [longestOf([`${types} (${gaps})`, ...named, ...forms, ...titles])];
  }
  if (name === 'outcome') return [longestOf(Object.values(terms.outcomes).map((term) => term[language]))];
  if (name === 'regime') return [longestOf(Object.values(terms.regimes).map((term) => term[language]))];
  if (name === 'asOf' || name === 'referredOn') return [showDay(LONGEST_DAY, language)];
  return COUNTS;
}

/** A figure may be a day or a number. */
function ofFigure({ options }: Wording, name: string, language: Language): readonly (string | number)[] {
  return options.get(name) ?? [showDay(LONGEST_DAY, language), ...COUNTS];
}

function longestOf(texts: readonly string[]): string {
  return texts.reduce((one, other) => (other.length > one.length ? other : one), '');
}
