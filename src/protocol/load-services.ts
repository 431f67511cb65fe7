import { basename } from 'node:path';
import { serviceSchema } from '../schemas/protocol.js';
import { type Finding, findingAt, validate } from '../yaml/findings.js';
import type { YamlDocument } from '../yaml/read-yaml.js';
import type { ServiceFile } from './protocol.js';
import { readFolder } from './read-folder.js';

/** Reads every service under `hooks/services/`; a file is named after the id it holds. Documents stand by that id. */
export function loadServices(root: string): {
  readonly services: readonly ServiceFile[];
  readonly documents: ReadonlyMap<string, YamlDocument>;
  readonly findings: readonly Finding[];
} {
  const services: ServiceFile[] = [];
  const findings: Finding[] = [];
  const documents = new Map<string, YamlDocument>();
  for (const [name, document] of readFolder(root, 'services')) {
    const { value, findings: wrong } = validate(serviceSchema, document);
    findings.push(...wrong);
    if (value === undefined) continue;
    if (value.id !== name)
      findings.push(findingAt(document, ['id'], value.id, `${name}, as ${basename(document.file)} is named`));
    documents.set(value.id, document);
    const prefetch = Object.entries(value.prefetch).map(([key, entry]) => ({ key, ...entry }));
    services.push({ ...value, prefetch });
  }
  return { services, documents, findings };
}
