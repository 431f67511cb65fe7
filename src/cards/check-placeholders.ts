import { LANGUAGES } from '../schemas/service.js';
import type { PathStep } from '../yaml/document.js';
import type { Find } from './find-at-place.js';
import type { Place } from './library.js';
import type { Message } from './message.js';
import { type Given, uncertainPlaceholders, unknownPlaceholders } from './placeholders.js';

/** Tells of placeholders that get no value, and of those that a last wording leans on though they may be without one. */
export function checkPlaceholders(
  find: Find,
  place: Place,
  path: readonly PathStep[],
  message: Message,
  given: Given,
): void {
  const known = [...given.always, ...given.sometimes].join(' | ');
  for (const language of LANGUAGES) {
    const at = [...path, language];
    for (const name of unknownPlaceholders(message[language], given))
      find(place, at, `the placeholder {${name}}`, known === '' ? 'a text without placeholders' : known);
    for (const name of uncertainPlaceholders(message[language], given))
      find(place, at, `{${name}} in the last wording`, 'a last wording in which every value is always there');
  }
}
