import { readFolder } from '../protocol/read-folder.js';
import { templateSchema } from '../schemas/card-files.js';
import { namedAfterId } from '../yaml/named-after-id.js';
import type { CardReader } from './card-reader.js';
import type { Place, Template } from './library.js';

/** Templates by id, and where they stand. */
export interface ReadTemplates {
  readonly templates: ReadonlyMap<string, Template>;
  readonly places: ReadonlyMap<string, Place>;
  /** Names of all files that there are, also of those that could not be read. */
  readonly names: readonly string[];
}

/** Reads `templates/`. */
export function readTemplates(root: string, reader: CardReader): ReadTemplates {
  const templates = new Map<string, Template>();
  const places = new Map<string, Place>();
  const files = readFolder(root, 'templates');
  for (const document of files.values()) {
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
    places.set(file.id, { document, path: [] });
  }
  return { templates, places, names: [...files.keys()] };
}
