import { type Language, LANGUAGES } from '../schemas/service.js';
import type { Message } from './message.js';
import { placeholdersOf } from './placeholders.js';

/** Values that a sentence about a criterion may name besides its figures. */
const GENERAL = ['asOf', 'referredOn', 'missing', 'finding'];
/** Those of them that are always there. */
const CERTAIN = new Set(['asOf', 'referredOn']);

/**
 * Placeholders of a sentence that get no value, and those that its last wording leans on though they may be without one.
 *
 * @param general what it may name besides figures; absent: what a sentence about a criterion may
 */
export function checkPlaceholders(
  message: Message,
  figures: ReadonlySet<string>,
  find: (language: Language, found: string, expected: string) => void,
  { general = GENERAL, alwaysThere = 'missing' } = {},
): void {
  for (const language of LANGUAGES) {
    for (const name of placeholdersOf(message[language])) {
      if (!figures.has(name) && !general.includes(name))
        find(language, `the placeholder {${name}}`, [...figures, ...general].join(' | '));
    }
    // A list of what is missing is there whenever an answer lists something; a last wording may lean on that.
    const last = placeholdersOf(message[language].slice(-1));
    const uncertain = last.filter((name) => !CERTAIN.has(name) && name !== alwaysThere);
    if (uncertain.length > 0)
      find(language, `{${uncertain.join('}, {')}} in the last wording`, 'a last wording that needs no figure');
  }
}
