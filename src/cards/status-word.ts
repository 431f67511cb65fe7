import type { Language } from '../schemas/service.js';
import type { Status } from '../schemas/verdict.js';
import type { CardLibrary } from './library.js';
import { say } from './message.js';

/** What a status is called; its code where there is no word. */
export function statusWord({ terms }: Pick<CardLibrary, 'terms'>, status: Status, language: Language): string {
  return terms.statuses[status]?.[language] ?? status;
}

/** What the status of a part is called beside that of the whole: that a part is not met weighs nothing where the whole is met. */
export function partStatusWord(
  library: Pick<CardLibrary, 'general' | 'terms'>,
  whole: Status | undefined,
  part: Status,
  language: Language,
): string {
  const status = statusWord(library, part, language);
  if (whole !== 'met' || part === 'met') return status;
  return say(library.general.partNotNeeded, language, { status }) ?? status;
}
