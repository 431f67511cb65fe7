import { boundsOf, isPartialDay } from '../logic/calendar.js';
import type { Figures } from '../schemas/verdict.js';
import type { TextsFile } from '../schemas/card-files.js';
import type { Language } from '../schemas/service.js';
import { escapeMarkdown } from './escape-markdown.js';

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const MONTH = /^\d{4}-\d{2}$/;
const DURATION = /^(\d{1,4}) (day|week|month|year)s?$/;
/** Days and numbers seen before; calls come with the same few. */
const REMEMBERED = 2000;

interface Formats {
  readonly day: Intl.DateTimeFormat;
  readonly month: Intl.DateTimeFormat;
  readonly number: Intl.NumberFormat;
  readonly days: Map<string, string>;
  readonly numbers: Map<number, string>;
  readonly durations: Map<string, string>;
}

function formatsOf(locale: string, day: Intl.DateTimeFormatOptions): Formats {
  return {
    day: new Intl.DateTimeFormat(locale, { ...day, timeZone: 'UTC' }),
    month: new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' }),
    number: new Intl.NumberFormat(locale, { maximumFractionDigits: 1, useGrouping: false }),
    days: new Map(),
    numbers: new Map(),
    durations: new Map(),
  };
}

const LOCALES: Readonly<Record<Language, string>> = { nl: 'nl-NL', en: 'en-GB' };

const FORMATS: Readonly<Record<Language, Formats>> = {
  nl: formatsOf(LOCALES.nl, { day: 'numeric', month: 'numeric', year: 'numeric' }),
  en: formatsOf(LOCALES.en, { day: 'numeric', month: 'long', year: 'numeric' }),
};

/** A calendar day, month or year in the words of a language: `3-11-2026`, `3 November 2026`, `november 2026`, `2026`. */
export function showDay(day: string, language: Language): string {
  const { days } = FORMATS[language];
  let shown = days.get(day);
  if (shown === undefined) {
    shown = wordsFor(day, language) ?? escapeMarkdown(day);
    if (days.size >= REMEMBERED) days.clear();
    days.set(day, shown);
  }
  return shown;
}

/** Nothing for what is no existing day, month or year: an unreadable date is shown as it came. */
function wordsFor(day: string, language: Language): string | undefined {
  if (!isPartialDay(day) || day.length === 4) return undefined;
  const format = day.length === 7 ? FORMATS[language].month : FORMATS[language].day;
  return format.format(Date.parse(`${boundsOf(day).first}T00:00:00Z`));
}

/** A number with at most one decimal, with the decimal sign of the language. */
export function showNumber(value: number, language: Language): string {
  const { numbers, number } = FORMATS[language];
  let shown = numbers.get(value);
  if (shown === undefined) {
    shown = number.format(value);
    if (numbers.size >= REMEMBERED) numbers.clear();
    numbers.set(value, shown);
  }
  return shown;
}

/** Words for figures that are codes, by the figure's name and the code. */
export type FigureWords = Readonly<Record<string, Readonly<Record<string, TextsFile>>>>;

/**
 * Adds figures to the values of a sentence: codes in words, days and durations in words, numbers as numbers (for
 * plurals), and any other text escaped, since it may be the record's own. A code without a word is left out.
 */
export function addFigures(
  values: Record<string, string | number>,
  figures: Figures,
  language: Language,
  words: FigureWords = {},
): void {
  for (const name in figures) {
    const figure = figures[name];
    if (typeof figure === 'number') values[name] = figure;
    else if (typeof figure === 'string') {
      const known = words[name];
      const shown = known === undefined ? showText(figure, language) : wordIn(known, figure, language);
      if (shown !== undefined) values[name] = shown;
    }
  }
}

function wordIn(words: Readonly<Record<string, TextsFile>>, code: string, language: Language): string | undefined {
  return Object.hasOwn(words, code) ? words[code]?.[language] : undefined;
}

function showText(text: string, language: Language): string {
  const known = FORMATS[language].durations.get(text);
  if (known !== undefined) return known;
  const [, count, unit] = DURATION.exec(text) ?? [];
  if (count !== undefined && unit !== undefined) return showDuration(text, Number(count), unit, language);
  return DAY.test(text) || MONTH.test(text) ? showDay(text, language) : escapeMarkdown(text);
}

/** A duration in whole units: `2 jaar`, `3 months`. */
function showDuration(text: string, count: number, unit: string, language: Language): string {
  const format = new Intl.NumberFormat(LOCALES[language], {
    style: 'unit',
    unit,
    unitDisplay: 'long',
    useGrouping: false,
  });
  const shown = format.format(count);
  const { durations } = FORMATS[language];
  if (durations.size >= REMEMBERED) durations.clear();
  durations.set(text, shown);
  return shown;
}
