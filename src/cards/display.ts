import type { Figures } from '../schemas/verdict.js';
import type { Language } from '../schemas/service.js';
import { escapeMarkdown } from './escape-markdown.js';
import type { MessageValues } from './message.js';

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const MONTH = /^\d{4}-\d{2}$/;
/** Days seen before; calls come with the same few. */
const REMEMBERED = 2000;

interface Formats {
  readonly day: Intl.DateTimeFormat;
  readonly month: Intl.DateTimeFormat;
  readonly number: Intl.NumberFormat;
  readonly days: Map<string, string>;
}

function formatsOf(locale: string, day: Intl.DateTimeFormatOptions): Formats {
  return {
    day: new Intl.DateTimeFormat(locale, { ...day, timeZone: 'UTC' }),
    month: new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' }),
    number: new Intl.NumberFormat(locale, { maximumFractionDigits: 1, useGrouping: false }),
    days: new Map(),
  };
}

const FORMATS: Readonly<Record<Language, Formats>> = {
  nl: formatsOf('nl-NL', { day: 'numeric', month: 'numeric', year: 'numeric' }),
  en: formatsOf('en-GB', { day: 'numeric', month: 'long', year: 'numeric' }),
};

/** A calendar day, month or year in the words of a language: `3-11-2026`, `3 November 2026`, `november 2026`, `2026`. */
export function showDay(day: string, language: Language): string {
  const { days, day: whole, month } = FORMATS[language];
  let shown = days.get(day);
  if (shown === undefined) {
    const epochMs = Date.parse(DAY.test(day) ? `${day}T00:00:00Z` : MONTH.test(day) ? `${day}-01T00:00:00Z` : '');
    shown = Number.isNaN(epochMs) ? escapeMarkdown(day) : (DAY.test(day) ? whole : month).format(epochMs);
    if (days.size >= REMEMBERED) days.clear();
    days.set(day, shown);
  }
  return shown;
}

/** A number with at most one decimal, with the decimal sign of the language. */
export function showNumber(value: number, language: Language): string {
  return FORMATS[language].number.format(value);
}

/**
 * Figures as values of a sentence: days in words, numbers as numbers (for plurals), and any other text escaped, since
 * it may be the record's own.
 */
export function showFigures(figures: Figures, language: Language): MessageValues {
  const shown: Record<string, string | number> = {};
  for (const name in figures) {
    const figure = figures[name];
    if (typeof figure === 'number') shown[name] = figure;
    else if (typeof figure === 'string') shown[name] = showText(figure, language);
  }
  return shown;
}

function showText(text: string, language: Language): string {
  return DAY.test(text) || MONTH.test(text) ? showDay(text, language) : escapeMarkdown(text);
}
