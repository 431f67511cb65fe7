import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import en from './en.json';
import { fillIn } from './fill-in';
import nl from './nl.json';

export type Language = 'nl' | 'en';
/** Every text of the page, by name; Dutch is the measure. */
export type TextName = keyof typeof nl;

const TEXTS: Readonly<Record<Language, Readonly<Record<TextName, string>>>> = { nl, en };
const LOCALES: Readonly<Record<Language, string>> = { nl: 'nl-NL', en: 'en-GB' };

export interface Words {
  readonly language: Language;
  /** A text with its `{places}` filled. */
  t(name: TextName, values?: Readonly<Record<string, string | number>>): string;
  /** A text that may not be there, for codes that come from elsewhere. */
  maybe(name: string): string | undefined;
  /** A calendar day as people write it; what is no full day stays as it is. */
  day(day: string): string;
  number(value: number): string;
}

export function wordsIn(language: Language): Words {
  const texts = TEXTS[language];
  const days = new Intl.DateTimeFormat(LOCALES[language], {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    timeZone: 'UTC',
  });
  const numbers = new Intl.NumberFormat(LOCALES[language], { maximumFractionDigits: 1 });
  return {
    language,
    t: (name, values) => fillIn(texts, name, values),
    maybe: (name) => (texts as Readonly<Record<string, string>>)[name],
    day: (day) => (/^\d{4}-\d{2}-\d{2}/.test(day) ? days.format(Date.parse(`${day.slice(0, 10)}T00:00:00Z`)) : day),
    number: (value) => numbers.format(value),
  };
}

export const WordsContext = createContext<Words>(wordsIn('nl'));

export function useWords(): Words {
  return useContext(WordsContext);
}

const KEPT = 'imsr-sandbox-language';

/** The language chosen before, else the browser's, else Dutch. */
export function firstLanguage(): Language {
  const kept = readKept();
  if (kept === 'nl' || kept === 'en') return kept;
  return navigator.language.toLowerCase().startsWith('en') ? 'en' : 'nl';
}

export function keepLanguage(language: Language): void {
  try {
    localStorage.setItem(KEPT, language);
  } catch {
    // A browser that keeps nothing asks again next time.
  }
}

function readKept(): string | null {
  try {
    return localStorage.getItem(KEPT);
  } catch {
    return null;
  }
}
