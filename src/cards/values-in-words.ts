import { boundsOf, isPartialDay } from '../logic/calendar.js';
import type { Figures } from '../schemas/verdict.js';
import type { Language, Texts } from '../schemas/service.js';
import { escapeMarkdown } from './escape-markdown.js';
import { LOCALES } from './locales.js';
import type { MessageValues } from './message.js';
import { remember } from './remember.js';

const DURATION = /^(\d{1,4}) (day|week|month|year)s?$/;

/** How values are put into the words of a language. */
interface Words {
  readonly day: (day: string) => string;
  readonly number: (value: number) => string;
  readonly duration: (text: string) => string | undefined;
}

function wordsOf(locale: string, dayOptions: Intl.DateTimeFormatOptions): Words {
  const days = new Intl.DateTimeFormat(locale, { ...dayOptions, timeZone: 'UTC' });
  const months = new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' });
  const numbers = new Intl.NumberFormat(locale, { maximumFractionDigits: 1, useGrouping: false });
  const duration = remember((text: string) => durationIn(locale, text));
  return {
    day: remember((day) => dayIn(day.length === 7 ? months : days, day) ?? escapeMarkdown(day)),
    number: remember((value) => numbers.format(value)),
    duration: (text) => (DURATION.test(text) ? duration(text) : undefined),
  };
}

/** Nothing for what is no existing day, month or year: an unreadable date is shown as it came. */
function dayIn(format: Intl.DateTimeFormat, day: string): string | undefined {
  if (!isPartialDay(day) || day.length === 4) return undefined;
  return format.format(Date.parse(`${boundsOf(day).first}T00:00:00Z`));
}

/** A duration in whole units: `2 jaar`, `3 months`. */
function durationIn(locale: string, text: string): string {
  const [, count, unit] = DURATION.exec(text)!;
  const format = new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: unit!,
    unitDisplay: 'long',
    useGrouping: false,
  });
  return format.format(Number(count));
}

const WORDS: Readonly<Record<Language, Words>> = {
  nl: wordsOf(LOCALES.nl, { day: 'numeric', month: 'numeric', year: 'numeric' }),
  en: wordsOf(LOCALES.en, { day: 'numeric', month: 'long', year: 'numeric' }),
};

/** A calendar day, month or year in the words of a language: `3-11-2026`, `3 November 2026`, `november 2026`, `2026`. */
export function showDay(day: string, language: Language): string {
  return WORDS[language].day(day);
}

/** A number with at most one decimal, with the decimal sign of the language. */
export function showNumber(value: number, language: Language): string {
  return WORDS[language].number(value);
}

/** Words for figures that are codes, by the figure's name and the code. */
export type FigureWords = Readonly<Record<string, Readonly<Record<string, Texts>>>>;

/**
 * Figures as values of a sentence: codes in words, days and durations in words, numbers as numbers (for plurals), and any
 * other text escaped, since it may be the record's own. A code without a word is left out.
 *
 * @param escape how a text of the record's own is made plain where the sentence is put
 */
export function figuresInWords(
  figures: Figures,
  language: Language,
  words: FigureWords = {},
  escape: (text: string) => string = escapeMarkdown,
): MessageValues {
  const values: Record<string, string | number> = {};
  for (const name in figures) {
    const figure = figures[name];
    if (typeof figure === 'number') values[name] = figure;
    else if (typeof figure === 'string') {
      const known = words[name];
      const shown = known === undefined ? showText(figure, language, escape) : wordIn(known, figure, language);
      if (shown !== undefined) values[name] = shown;
    }
  }
  return values;
}

function wordIn(words: Readonly<Record<string, Texts>>, code: string, language: Language): string | undefined {
  return Object.hasOwn(words, code) ? words[code]?.[language] : undefined;
}

function showText(text: string, language: Language, escape: (text: string) => string): string {
  const duration = WORDS[language].duration(text);
  if (duration !== undefined) return duration;
  const isDay = (text.length === 10 || text.length === 7) && isPartialDay(text);
  return isDay ? showDay(text, language) : escape(text);
}
