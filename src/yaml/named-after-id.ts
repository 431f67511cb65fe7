import { basename } from 'node:path';
import { type Finding, findingAt } from './findings.js';
import type { YamlDocument } from './read-yaml.js';

/** The finding that a file is not named after the id it holds; none where it is. */
export function namedAfterId(document: YamlDocument, id: string): readonly Finding[] {
  const name = basename(document.file, '.yaml');
  return name === id ? [] : [findingAt(document, ['id'], id, `${name}, as ${name}.yaml is named`)];
}
