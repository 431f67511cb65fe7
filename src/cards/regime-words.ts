import type { Language } from '../schemas/service.js';
import type { CardLibrary } from './library.js';
import { type MessageValues, say } from './message.js';

/**
 * What a regime means; its code where there are no words.
 *
 * @param dates that the transition rule turns on, in words
 */
export function regimeWords({ terms }: CardLibrary, regime: string, language: Language, dates: MessageValues): string {
  const message = terms.regimes[regime];
  return (message && say(message, language, dates)) ?? regime;
}
