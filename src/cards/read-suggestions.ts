import { readFolder } from '../protocol/read-folder.js';
import { type MessagesFile, suggestionSchema } from '../schemas/card-files.js';
import { namedAfterId } from '../yaml/named-after-id.js';
import type { CardReader } from './card-reader.js';
import { demandWith, findInto } from './find-at-place.js';
import type { Place, SuggestionPlan } from './library.js';
import type { Message } from './message.js';

/** Suggestions with what is recommended first, and where they stand by id. */
export interface ReadSuggestions {
  readonly suggestions: readonly SuggestionPlan[];
  readonly places: ReadonlyMap<string, Place>;
}

/**
 * Reads `suggestions/`.
 *
 * @param templates names of the templates that they may go with
 */
export function readSuggestions(root: string, reader: CardReader, templates: readonly string[]): ReadSuggestions {
  const suggestions: SuggestionPlan[] = [];
  const places = new Map<string, Place>();
  const mustBe = demandWith(findInto(reader.findings));
  for (const document of readFolder(root, 'suggestions').values()) {
    const file = reader.take(suggestionSchema, document);
    if (file === undefined) continue;
    reader.findings.push(...namedAfterId(document, file.id));
    const place: Place = { document, path: [] };
    places.set(file.id, place);
    const messages: Record<string, Message> = {};
    for (const [key, value] of Object.entries(file)) {
      if (isMessages(value)) messages[key] = reader.message(document, [key], value);
    }
    suggestions.push({ build: file.build, file, messages } as SuggestionPlan);
    for (const [index, id] of file.on.entries()) mustBe(place, ['on', index], id, templates);
  }
  suggestions.sort((a, b) => Number(b.file.recommended) - Number(a.file.recommended));
  return { suggestions, places };
}

function isMessages(value: unknown): value is MessagesFile {
  return typeof value === 'object' && value !== null && 'nl' in value && 'en' in value;
}
