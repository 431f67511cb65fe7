import { readFolder } from '../protocol/read-folder.js';
import { criterionTextsFileSchema, sentencesFileSchema } from '../schemas/card-files.js';
import type { YamlDocument } from '../yaml/read-yaml.js';
import type { CardReader } from './card-reader.js';
import { type CriterionTexts, FOR_ALL, type Place, type Places, type Sentences } from './library.js';

/** The texts of criteria by id, and where they stand. */
export interface ReadCriteria extends Pick<Places, 'shared' | 'sharedBy'> {
  readonly criteria: ReadonlyMap<string, CriterionTexts>;
  readonly places: ReadonlyMap<string, Place>;
}

/** Reads `sentences/`, which criteria share, and `criteria/`. */
export function readCriteria(root: string, reader: CardReader): ReadCriteria {
  const shared = new Map<string, { document: YamlDocument; sentences: Sentences }>();
  const sharedFiles = readFolder(root, 'sentences');
  for (const [name, document] of sharedFiles) {
    const file = reader.take(sentencesFileSchema, document);
    if (file === undefined) continue;
    shared.set(name, { document, sentences: reader.sentences(document, ['sentences'], file.sentences) });
  }
  const criteria = new Map<string, CriterionTexts>();
  const places = new Map<string, Place>();
  const sharedBy = new Map<string, string>();
  for (const document of readFolder(root, 'criteria').values()) {
    for (const [id, texts] of Object.entries(reader.take(criterionTextsFileSchema, document)?.criteria ?? {})) {
      const path = ['criteria', id];
      if (criteria.has(id)) reader.find(document, path, `${id} again`, 'every criterion once');
      const own = reader.sentences(document, [...path, 'sentences'], texts.sentences ?? {});
      const named = texts.shared === undefined ? undefined : shared.get(texts.shared);
      if (texts.shared !== undefined) sharedBy.set(id, texts.shared);
      // A file with a fault has its own finding.
      if (texts.shared !== undefined && !sharedFiles.has(texts.shared)) {
        reader.find(document, [...path, 'shared'], texts.shared, 'the name of a file under sentences/');
      }
      const sentences = [own, named?.sentences, shared.get(FOR_ALL)?.sentences].filter((one) => one !== undefined);
      const brief = reader.sentences(document, [...path, 'brief'], texts.brief ?? {});
      const { title, short, parts = [], turnsOn } = texts;
      criteria.set(id, { title, short, parts, turnsOn, sentences, brief });
      places.set(id, { document, path });
    }
  }
  return { criteria, places, shared, sharedBy };
}
