import type { Language } from '../schemas/service.js';
import type { Status } from '../schemas/verdict.js';
import type { CardLibrary } from './library.js';

/** What a status is called; its code where there is no word. */
export function statusWord({ terms }: Pick<CardLibrary, 'terms'>, status: Status, language: Language): string {
  return terms.statuses[status]?.[language] ?? status;
}
