import { type MessagesFile, type SentencesFile, termsFileSchema } from '../schemas/card-files.js';
import type { Status } from '../schemas/verdict.js';
import type { PathStep } from '../yaml/document.js';
import { DocumentReader } from '../yaml/document-reader.js';
import type { YamlDocument } from '../yaml/read-yaml.js';
import { answerKey, isMessageTerms, type Place, type Sentences, type Terms } from './library.js';
import type { Message } from './message.js';
import { readMessage } from './read-message.js';

/** Reads files of cards, and compiles their messages. */
export class CardReader extends DocumentReader {
  message(document: YamlDocument, path: readonly PathStep[], file: MessagesFile): Message {
    const { value, findings } = readMessage(file, document, path);
    this.findings.push(...findings);
    return value ?? { nl: [], en: [] };
  }

  sentences(document: YamlDocument, path: readonly PathStep[], file: SentencesFile['sentences']): Sentences {
    const sentences = new Map<string, Message>();
    for (const [status, byReason] of Object.entries(file)) {
      for (const [reason, value] of Object.entries(byReason ?? {})) {
        sentences.set(answerKey(status as Status, reason), this.message(document, [...path, status, reason], value));
      }
    }
    return sentences;
  }

  terms(documents: ReadonlyMap<string, YamlDocument>): {
    readonly terms: Terms;
    readonly places: ReadonlyMap<string, Place>;
  } {
    const places = new Map<string, Place>();
    const maps: Record<string, Record<string, unknown>> = Object.fromEntries(
      Object.keys(termsFileSchema.shape).map((map) => [map, {}]),
    );
    for (const [, document] of documents) {
      for (const [map, entries] of Object.entries(this.take(termsFileSchema, document) ?? {})) {
        for (const [key, value] of Object.entries<unknown>(entries ?? {})) {
          if (places.has(`${map}/${key}`)) this.find(document, [map, key], `${key} again`, 'every term once');
          places.set(`${map}/${key}`, { document, path: [map, key] });
          maps[map]![key] = isMessageTerms(map) ? this.message(document, [map, key], value as MessagesFile) : value;
        }
      }
    }
    return { terms: maps as unknown as Terms, places };
  }
}
