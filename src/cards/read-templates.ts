import { readFolder } from '../protocol/read-folder.js';
import { type MessagesFile, suggestionSchema, templateSchema } from '../schemas/card-files.js';
import { namedAfterId } from '../yaml/named-after-id.js';
import type { CardReader } from './card-reader.js';
import type { Place, SuggestionPlan, Template } from './library.js';
import type { Message } from './message.js';

/** Templates by id, the suggestions on them with what is recommended first, and where they stand. */
export interface ReadTemplates {
  readonly templates: ReadonlyMap<string, Template>;
  readonly templatePlaces: ReadonlyMap<string, Place>;
  readonly suggestions: readonly SuggestionPlan[];
  readonly suggestionPlaces: ReadonlyMap<string, Place>;
}

/** Reads `templates/` and `suggestions/`. */
export function readTemplates(root: string, reader: CardReader): ReadTemplates {
  const templates = new Map<string, Template>();
  const templatePlaces = new Map<string, Place>();
  const templateFiles = readFolder(root, 'templates');
  for (const document of templateFiles.values()) {
    const file = reader.take(templateSchema, document);
    if (file === undefined) continue;
    reader.findings.push(...namedAfterId(document, file.id));
    const detail = file.detail.map((block, index) =>
      'text' in block
        ? { text: reader.message(document, ['detail', index, 'text'], block.text) }
        : { show: block.show, heading: block.heading, once: block.once === true },
    );
    const summary = reader.message(document, ['summary'], file.summary);
    const beside = file.summaryBeside;
    const summaryBeside = beside === undefined ? undefined : reader.message(document, ['summaryBeside'], beside);
    templates.set(file.id, { ...file, summary, summaryBeside, detail });
    templatePlaces.set(file.id, { document, path: [] });
  }
  const suggestions: SuggestionPlan[] = [];
  const suggestionPlaces = new Map<string, Place>();
  for (const document of readFolder(root, 'suggestions').values()) {
    const file = reader.take(suggestionSchema, document);
    if (file === undefined) continue;
    reader.findings.push(...namedAfterId(document, file.id));
    suggestionPlaces.set(file.id, { document, path: [] });
    const messages: Record<string, Message> = {};
    for (const [key, value] of Object.entries(file)) {
      if (isMessages(value)) messages[key] = reader.message(document, [key], value);
    }
    suggestions.push({ build: file.build, file, messages } as SuggestionPlan);
    for (const [index, id] of file.on.entries()) {
      if (!templateFiles.has(id)) reader.find(document, ['on', index], id, [...templateFiles.keys()].join(' | '));
    }
  }
  suggestions.sort((a, b) => Number(b.file.recommended) - Number(a.file.recommended));
  return { templates, templatePlaces, suggestions, suggestionPlaces };
}

function isMessages(value: unknown): value is MessagesFile {
  return typeof value === 'object' && value !== null && 'nl' in value && 'en' in value;
}
