import { serviceSchema } from '../schemas/protocol.js';
import { type Finding, validate } from '../yaml/findings.js';
import { namedAfterId } from '../yaml/named-after-id.js';
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
  for (const document of readFolder(root, 'services').values()) {
    const { value, findings: wrong } = validate(serviceSchema, document);
    findings.push(...wrong);
    if (value === undefined) continue;
    findings.push(...namedAfterId(document, value.id));
    documents.set(value.id, document);
    const prefetch = Object.entries(value.prefetch).map(([key, entry]) => ({ key, ...entry }));
    services.push({ ...value, prefetch });
  }
  return { services, documents, findings };
}
