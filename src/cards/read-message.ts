import type { MessagesFile } from '../schemas/card-files.js';
import type { PathStep } from '../yaml/document.js';
import { findingAt, type Validated } from '../yaml/findings.js';
import type { YamlDocument } from '../yaml/read-yaml.js';
import { compileMessage, type Message, MessageInvalid } from './message.js';

/** A message that stands at a path in a document, compiled; or what is wrong with it, each at its wording. */
export function readMessage(file: MessagesFile, document: YamlDocument, path: readonly PathStep[]): Validated<Message> {
  try {
    return { value: compileMessage(file), findings: [] };
  } catch (error) {
    if (!(error instanceof MessageInvalid)) throw error;
    const findings = error.faults.map(({ path: within, reason }) =>
      findingAt(document, [...path, ...within], reason, 'a message in ICU MessageFormat'),
    );
    return { findings };
  }
}
