import type { Language } from '../schemas/service.js';
import { showDay } from './values-in-words.js';
import { escapeMarkdown } from './escape-markdown.js';
import type { CardLibrary } from './library.js';
import type { Wording } from './message.js';

/** A count, with the forms that a plural may take and more than a card will ever have. */
const COUNTS: readonly number[] = [0, 1, 2, 999];

/** The month with the longest name. */
const LONGEST_DAY = '2026-09-30';

/** The longest that a text of the record's own can become. */
const LONGEST_TEXT = escapeMarkdown('&'.repeat(1000));

/** Values that every template may name and that are always there. */
const ALWAYS = [
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
  'judge',
  'attention',
  'missing',
] as const;

/** Values that are there only when there is such a thing. */
const SOMETIMES = [
  'brief',
  'firstFailing',
  'moreFailing',
  'firstJudge',
  'moreJudge',
  'firstMissing',
  'moreMissing',
] as const;

/** The values that a message is filled with. */
export interface Given {
  readonly always: ReadonlySet<string>;
  readonly sometimes: ReadonlySet<string>;
}

/**
 * The values that a template may name; what every card has is filled with the same, of no template.
 *
 * @param figures names of the figures that the transition rules give; each is there only when the record tells it
 * @param certain what else is always there where the template is shown
 */
export function givenToTemplate(figures: ReadonlySet<string>, certain: readonly string[] = []): Given {
  return {
    always: new Set([...ALWAYS, ...certain]),
    sometimes: new Set([...SOMETIMES, ...figures]),
  };
}

/** Placeholders, of any wording, that get no value. */
export function unknownPlaceholders(wordings: readonly Wording[], { always, sometimes }: Given): readonly string[] {
  return placeholdersOf(wordings).filter((name) => !always.has(name) && !sometimes.has(name));
}

/** Placeholders of the last wording that may be without a value, so that nothing would be left to say. */
export function uncertainPlaceholders(wordings: readonly Wording[], { sometimes, always }: Given): readonly string[] {
  return placeholdersOf(wordings.slice(-1)).filter((name) => sometimes.has(name) && !always.has(name));
}

export function placeholdersOf(wordings: readonly Wording[]): readonly string[] {
  return [...new Set(wordings.flatMap(({ placeholders }) => placeholders))];
}

/** What protocols bring into the texts of a template. */
export interface FromProtocols {
  /** Names of the figures that their transition rules give. */
  readonly figures: ReadonlySet<string>;
  readonly phases: readonly string[];
}

/**
 * The longest that a wording can become, in UTF-16 units, over every value that its placeholders can take. A `brief` has no
 * bound and may not be among them.
 */
export function longest(
  library: CardLibrary,
  wording: Wording,
  language: Language,
  { figures, phases }: FromProtocols,
): number {
  const extreme = extremes(library, language, phases);
  let combinations: readonly Readonly<Record<string, string | number>>[] = [{}];
  for (const name of wording.placeholders) {
    const values =
      wording.options.get(name) ?? (figures.has(name) ? extreme.figure : extreme[name as keyof typeof extreme]);
    combinations = combinations.flatMap((one) => values.map((value) => ({ ...one, [name]: value })));
  }
  return Math.max(...combinations.map((values) => wording.format(values).length));
}

type Bounded = Exclude<(typeof ALWAYS)[number] | (typeof SOMETIMES)[number], 'brief'>;

/** The values among which the longest of each placeholder is. A figure may be a day or a number. */
function extremes(
  { terms, criteria }: CardLibrary,
  language: Language,
  phases: readonly string[],
): Readonly<Record<Bounded | 'figure', readonly (string | number)[]>> {
  const longestOf = (texts: readonly Readonly<Record<Language, string>>[]): string =>
    longestText(texts.map((text) => text[language]));
  const criterion = [longestOf([...criteria.values()].map(({ short }) => short))];
  const gap = `${longestOf(Object.values(terms.resourceTypes))} (${longestOf(Object.values(terms.gaps))})`;
  const named = [...Object.values(terms.missing), ...Object.values(terms.questionnaires)].map(({ term }) => term);
  const titles = [...criteria.values()].map(({ title }) => title);
  const day = showDay(LONGEST_DAY, language);
  const withDays = ({ placeholders, format }: Wording): string =>
    format(Object.fromEntries(placeholders.map((name) => [name, day])));
  return {
    phase: [longestText(phases)],
    outcome: [longestOf(Object.values(terms.outcomes))],
    asOf: [day],
    referredOn: [day],
    referralDay: ['unknown', 'order', 'call'],
    regime: [longestText(Object.values(terms.regimes).flatMap((regime) => regime[language].map(withDays)))],
    order: [LONGEST_TEXT],
    orderReference: [LONGEST_TEXT],
    criteria: COUNTS,
    met: COUNTS,
    failing: COUNTS,
    judge: COUNTS,
    attention: COUNTS,
    missing: COUNTS,
    firstFailing: criterion,
    moreFailing: COUNTS,
    firstJudge: criterion,
    moreJudge: COUNTS,
    firstMissing: [longestText([gap, longestOf(named), longestOf(titles)])],
    moreMissing: COUNTS,
    figure: [day, ...COUNTS],
  };
}

function longestText(texts: readonly string[]): string {
  return texts.reduce((one, other) => (other.length > one.length ? other : one), '');
}
