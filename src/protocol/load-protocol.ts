import { existsSync } from 'node:fs';
import { join } from 'node:path';
import {
  criteriaFileSchema,
  factFileSchema,
  laddersFileSchema,
  parameterSchema,
  protocolSchema,
  type CriterionDefinition,
  type FactDefinition,
  type LadderDefinition,
  type ValueSetFile,
  valueSetSchema,
  versionSchema,
} from '../schemas/protocol.js';
import { isObject } from '../schemas/json-object.js';
import { DocumentReader } from '../yaml/document-reader.js';
import type { Finding } from '../yaml/findings.js';
import type { YamlDocument } from '../yaml/read-yaml.js';
import { checkMembers, type PlacedValueSet } from './check-systems.js';
import { checkParameter } from './check-parameters.js';
import { type Parameter, parameterOf } from './parameters.js';
import type { Protocol, ProtocolVersion } from './protocol.js';
import { foldersIn, readFile, readFolder } from './read-folder.js';
import { type Tell, withPathsFilled } from './row-paths.js';
import { membershipOf } from './value-sets.js';

/** Which file a parameter, fact or criterion stands in, so that later checks can point at it. */
export interface Provenance {
  /** The same for every version. */
  readonly parameters: ReadonlyMap<string, YamlDocument>;
  readonly facts: ReadonlyMap<string, YamlDocument>;
  readonly criteria: ReadonlyMap<string, { readonly document: YamlDocument; readonly index: number }>;
  readonly ladders: YamlDocument;
  readonly version: YamlDocument;
  /** Names in its files, those among them of which the form is wrong. */
  readonly names: Readonly<Record<'facts' | 'ladders' | 'criteria', ReadonlySet<string>>>;
  /** Absent names mean something only when every file could be read as YAML. */
  readonly whole: boolean;
}

/** What a folder held, and everything that is wrong with it. */
export interface LoadedProtocol {
  /** Absent when it could not be read at all. */
  readonly value?: Protocol;
  readonly findings: readonly Finding[];
  /** Its own value sets, where they stand. */
  readonly valueSets: readonly PlacedValueSet[];
  readonly provenance: ReadonlyMap<string, Provenance>;
}

export interface LoadProtocolOptions {
  /** Files that are read elsewhere and bear on its verdicts as well, instruments and services: its hash covers them. */
  readonly beside?: Iterable<YamlDocument>;
  /** A site's own codes, by value set, added to the protocol's. */
  readonly extraValueSets?: ReadonlyMap<string, ValueSetFile> | undefined;
}

/**
 * Reads a protocol folder: `protocol.yaml`, `parameters/`, `value-sets/` and one folder per version.
 *
 * @returns all findings at once; the protocol is there whenever its own file could be read
 */
export function loadProtocol(
  root: string,
  { beside = [], extraValueSets = new Map() }: LoadProtocolOptions = {},
): LoadedProtocol {
  const reader = new DocumentReader();
  const { findings, hash } = reader;
  for (const document of beside) reader.cover(document);

  const file = reader.take(protocolSchema, readFile(root, 'protocol.yaml'));
  const parameters: Parameter[] = [];
  const parameterFiles = readFolder(root, 'parameters');
  for (const [name, document] of parameterFiles) {
    const value = reader.take(parameterSchema, document);
    if (value === undefined) continue;
    findings.push(...checkParameter(document, value, file));
    parameters.push(parameterOf(name, value));
  }
  const valueSets = new Map<string, ValueSetFile>();
  const placed: PlacedValueSet[] = [];
  const valueSetFiles = readFolder(root, 'value-sets');
  for (const [name, document] of valueSetFiles) {
    const value = reader.take(valueSetSchema, document);
    if (value === undefined) continue;
    valueSets.set(name, value);
    placed.push({ document, path: [], file: value });
  }
  findings.push(...placed.flatMap(checkMembers));
  for (const [name, extra] of extraValueSets) {
    const own = valueSets.get(name);
    valueSets.set(name, own === undefined ? extra : { ...own, systems: [...own.systems, ...extra.systems] });
    hash.update(name).update(JSON.stringify(extra));
  }

  const versions: ProtocolVersion[] = [];
  const provenance = new Map<string, Provenance>();
  for (const folder of foldersIn(root, '.').filter((name) => existsSync(join(root, name, 'version.yaml')))) {
    const version = loadVersion(root, folder, reader);
    if (version === undefined) continue;
    versions.push(version.value);
    provenance.set(version.value.file.version, { ...version.provenance, parameters: parameterFiles });
  }
  if (file === undefined) return { findings, provenance, valueSets: placed };
  const value: Protocol = {
    file,
    versions,
    parameters,
    memberOf: membershipOf(valueSets),
    valueSets,
    valueSetNames: new Set([...valueSetFiles.keys(), ...extraValueSets.keys()]),
    ownValueSetNames: new Set(valueSetFiles.keys()),
    hash: hash.digest('hex'),
  };
  return { value, findings, provenance, valueSets: placed };
}

function loadVersion(
  root: string,
  folder: string,
  reader: DocumentReader,
): { readonly value: ProtocolVersion; readonly provenance: Omit<Provenance, 'parameters'> } | undefined {
  const versionDocument = readFile(root, join(folder, 'version.yaml'));
  const written = reader.take(versionSchema, versionDocument);
  if (written !== undefined && written.version !== folder) {
    reader.find(versionDocument, ['version'], written.version, `${folder}, as the folder is named`);
  }
  // Everything else is looked up by the version's name, so whatever else is wrong is told under the right one.
  const file = written && { ...written, version: folder };
  const facts = new Map<string, FactDefinition>();
  const factFiles = new Map<string, YamlDocument>();
  const factDocuments = [...readFolder(root, join(folder, 'facts')).values()];
  for (const document of factDocuments) {
    for (const [name, fact] of Object.entries(reader.take(factFileSchema, document)?.facts ?? {})) {
      const other = factFiles.get(name);
      if (other !== undefined) {
        reader.find(document, ['facts', name], 'a second definition', `one definition; the first is in ${other.file}`);
      }
      const tell: Tell = (path, ...said) => reader.find(document, ['facts', name, ...path], ...said);
      facts.set(name, withPathsFilled(fact, tell));
      factFiles.set(name, document);
    }
  }
  const laddersDocument = readFile(root, join(folder, 'ladders.yaml'));
  const ladders = new Map<string, LadderDefinition>(
    Object.entries(reader.take(laddersFileSchema, laddersDocument)?.ladders ?? {}),
  );
  const criteriaFiles = readFolder(root, join(folder, 'criteria'));
  const criteria: CriterionDefinition[] = [];
  const criterionFiles = new Map<string, { document: YamlDocument; index: number }>();
  const read = new Map([...criteriaFiles].map(([name, document]) => [name, reader.take(criteriaFileSchema, document)]));
  for (const [position, name] of (file?.criteria ?? []).entries()) {
    const document = criteriaFiles.get(name);
    if (document === undefined) {
      reader.find(versionDocument, ['criteria', position], `no file criteria/${name}.yaml`, 'a file of criteria');
      continue;
    }
    for (const [index, criterion] of (read.get(name)?.criteria ?? []).entries()) {
      if (criterionFiles.has(criterion.id)) {
        reader.find(document, ['criteria', index, 'id'], `${criterion.id} again`, 'every criterion once');
      }
      criterionFiles.set(criterion.id, { document, index });
      criteria.push(criterion);
    }
  }
  for (const [name, document] of criteriaFiles) {
    if (file !== undefined && !file.criteria.includes(name)) {
      reader.find(document, [], 'a file that version.yaml does not list', `${name} under criteria in version.yaml`);
    }
  }
  if (file === undefined) return undefined;
  return {
    value: { file, facts, criteria, ladders },
    provenance: {
      facts: factFiles,
      criteria: criterionFiles,
      ladders: laddersDocument,
      version: versionDocument,
      names: {
        facts: new Set(factDocuments.flatMap((document) => keysIn(document, 'facts'))),
        ladders: new Set(keysIn(laddersDocument, 'ladders')),
        criteria: new Set([...criteriaFiles.values()].flatMap(criterionIdsIn)),
      },
      whole: [...factDocuments, laddersDocument, ...criteriaFiles.values()].every(({ value }) => value !== undefined),
    },
  };
}

/** Names as they are written, whatever stands under them. */
function keysIn({ value }: YamlDocument, key: string): readonly string[] {
  const map = isObject(value) ? value[key] : undefined;
  return isObject(map) ? Object.keys(map) : [];
}

function criterionIdsIn({ value }: YamlDocument): readonly string[] {
  const list = isObject(value) ? value['criteria'] : undefined;
  if (!Array.isArray(list)) return [];
  return (list as readonly unknown[]).flatMap((one) =>
    isObject(one) && typeof one['id'] === 'string' ? one['id'] : [],
  );
}
