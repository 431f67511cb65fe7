import type { Clock, Day } from '../clock.js';
import { CdsError } from '../errors.js';
import { isDay } from '../logic/calendar.js';
import { type Language, LANGUAGES } from '../schemas/service.js';

/** What holds where a command line names no day and no language. */
export interface NothingAsked {
  readonly clock: Clock;
  readonly defaultLanguage: Language;
}

export interface AskedDayAndLanguage {
  readonly asOf: Day;
  readonly language: Language;
}

/**
 * The day of `--as-of` and the language of `--lang`.
 *
 * @throws REQUEST_INVALID when there is no such day or language
 */
export function askedDayAndLanguage(
  { 'as-of': asOf, lang }: { readonly 'as-of'?: string | undefined; readonly lang?: string | undefined },
  { clock, defaultLanguage }: NothingAsked,
): AskedDayAndLanguage {
  const day = asOf ?? clock.today();
  if (!isDay(day)) throw new CdsError('REQUEST_INVALID', '--as-of takes an existing day, YYYY-MM-DD.');
  const language = LANGUAGES.find((candidate) => candidate === (lang ?? defaultLanguage));
  if (language === undefined) throw new CdsError('REQUEST_INVALID', `--lang takes ${LANGUAGES.join(' or ')}.`);
  return { asOf: day, language };
}
