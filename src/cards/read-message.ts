import type { MessagesFile } from '../schemas/card-files.js';
import { LANGUAGES } from '../schemas/service.js';
import type { PathStep } from '../yaml/document.js';
import { findingAt, type Validated } from '../yaml/findings.js';
import type { YamlDocument } from '../yaml/read-yaml.js';
import { compileMessage, type Message } from './message.js';

const EXPECTED = 'a message in ICU MessageFormat, such as {count, plural, one {# week} other {# weeks}}';

/** A placeholder behind an apostrophe that opens a quotation, which ICU shows as it is written: two of them are one apostrophe. */
const QUOTED = /(?<=(?<!')(?:'')*')\{\s*\w+\s*\}/;

/** A message that stands at a path in a document, compiled; or what is wrong with it, each at its wording. */
export function readMessage(file: MessagesFile, document: YamlDocument, path: readonly PathStep[]): Validated<Message> {
  const { message, faults } = compileMessage(file);
  if (faults.length > 0)
    return {
      findings: faults.map(({ path: within, reason }) => findingAt(document, [...path, ...within], reason, EXPECTED)),
    };
  const findings = LANGUAGES.flatMap((language) =>
    message[language].flatMap(({ source }, index) => {
      const quoted = QUOTED.exec(source)?.[0];
      if (quoted === undefined) return [];
      const at = Array.isArray(file[language]) ? [language, index] : [language];
      const found = `the placeholder ${quoted} between apostrophes in ${JSON.stringify(source)}`;
      return findingAt(document, [...path, ...at], found, EXPECTED);
    }),
  );
  return { value: message, findings };
}
