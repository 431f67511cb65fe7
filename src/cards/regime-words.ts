import type { Figures } from '../schemas/verdict.js';
import type { Language } from '../schemas/service.js';
import { addFigures } from './display.js';
import type { CardLibrary } from './library.js';
import { say } from './message.js';

/** What a regime means, with the dates that the transition rule turns on; its code where there are no words. */
export function regimeWords({ terms }: CardLibrary, regime: string, language: Language, transition: Figures): string {
  const message = terms.regimes[regime];
  const values: Record<string, string | number> = {};
  addFigures(values, transition, language);
  return (message && say(message, language, values)) ?? regime;
}
