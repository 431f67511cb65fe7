import { join, relative } from 'node:path';
import { checkForms } from './instruments/check-forms.js';
import { withSiteCodes } from './instruments/catalogue.js';
import { loadInstruments, systemsOfInstruments } from './instruments/load.js';
import { type CompiledService, compileQuestions } from './orders/order-questions.js';
import { askingByCode } from './protocol/asked-codes.js';
import { checkCompanions } from './protocol/check-companions.js';
import { checkExpressions } from './protocol/check-expressions.js';
import { checkNames } from './protocol/check-names.js';
import { checkServices } from './protocol/check-services.js';
import { checkSystems, systemsOf } from './protocol/check-systems.js';
import { checkTables } from './protocol/check-tables.js';
import { checkVersion, checkVersionDates } from './protocol/check-version.js';
import type { SpokenOf } from './protocol/known-facts.js';
import { loadProtocol, type Provenance } from './protocol/load-protocol.js';
import { loadServices } from './protocol/load-services.js';
import type { Protocol } from './protocol/protocol.js';
import type { Questionnaire } from './protocol/questionnaire.js';
import type { Forms } from './protocol/forms.js';
import { foldersIn } from './protocol/read-folder.js';
import {
  checkSiteCodes,
  loadSiteCodes,
  scoresWithValueSet,
  systemsOfSite,
  valueSetsOf,
} from './protocol/site-codes.js';
import { HOOKS_LAYOUT, unreadFiles } from './protocol/unread-files.js';
import type { Instrument } from './schemas/instrument.js';
import { type Finding, findingOfFile } from './yaml/findings.js';
import type { YamlDocument } from './yaml/read-yaml.js';
import { checkCompiled } from './verdicts/check-compiled.js';
import { checkNamedChoices } from './verdicts/check-named-choices.js';
import { typesOf } from './verdicts/compiled-types.js';
import { type CompiledVersion, compileVersion, type Engine } from './verdicts/compile-version.js';

/** A protocol with everything that is needed to answer by it. */
export interface CompiledProtocol {
  readonly protocol: Protocol;
  readonly versions: readonly CompiledVersion[];
  readonly instruments: readonly Instrument[];
}

/** Everything that the data files hold, compiled once at start. */
export interface Knowledge {
  readonly services: readonly CompiledService[];
  readonly protocols: ReadonlyMap<string, CompiledProtocol>;
}

/** Where the data of a protocol stands, so that later checks can point at it; not needed to answer. */
export interface ProtocolFiles {
  /** By version. */
  readonly provenance: ReadonlyMap<string, Provenance>;
  /** By id. */
  readonly instrumentFiles: ReadonlyMap<string, YamlDocument>;
  /** The items of its forms, where they are known. */
  readonly forms?: Forms | undefined;
  readonly questionnaires: readonly Questionnaire[];
}

export interface LoadedKnowledge {
  /** Absent when anything was found. */
  readonly value?: Knowledge;
  readonly findings: readonly Finding[];
  /** By protocol. */
  readonly files: ReadonlyMap<string, ProtocolFiles>;
}

export interface KnowledgeOptions {
  /** The reference engine instead of the fastest one, for comparison. */
  readonly engine?: Engine;
  /** A site's own codes. */
  readonly siteCodesFile?: string | undefined;
}

/** Reads and compiles everything under `hooks/`; all findings at once. */
export function loadKnowledge(hooks: string, { engine, siteCodesFile }: KnowledgeOptions = {}): LoadedKnowledge {
  const findings: Finding[] = [];
  findings.push(...unreadFiles(hooks, HOOKS_LAYOUT));
  const { services: serviceFiles, documents, findings: serviceFindings } = loadServices(hooks);
  findings.push(...serviceFindings);
  if (serviceFindings.length === 0) findings.push(...unnamedFolders(hooks, serviceFiles));
  const { value: site, findings: siteFindings } = siteCodesFile === undefined ? NO_SITE : loadSiteCodes(siteCodesFile);
  findings.push(...siteFindings);
  const protocols = new Map<string, CompiledProtocol>();
  const files = new Map<string, ProtocolFiles>();
  for (const name of new Set(serviceFiles.map(({ protocol }) => protocol))) {
    const root = join(hooks, name);
    const instruments = loadInstruments(root);
    const scores = instruments.value?.flatMap((instrument) => instrument.scores.map(({ id }) => id));
    const asking = serviceFiles.filter(({ protocol }) => protocol === name);
    const loaded = loadProtocol(root, {
      beside: [...instruments.documents.values(), ...asking.map(({ id }) => documents.get(id)!)],
      extraValueSets: site && valueSetsOf(site),
    });
    findings.push(...loaded.findings, ...instruments.findings);
    const { forms, questionnaires, findings: companionFindings } = checkCompanions(root);
    findings.push(...companionFindings);
    // A form that cannot be read has its own finding.
    if (forms !== undefined) findings.push(...checkForms(instruments, questionnaires));
    const systems = [...loaded.valueSets.flatMap(systemsOf), ...systemsOfInstruments(instruments)];
    findings.push(...checkSystems(systems, site === undefined ? [] : systemsOfSite(site)));
    files.set(name, { provenance: loaded.provenance, instrumentFiles: instruments.documents, forms, questionnaires });
    if (loaded.value === undefined) continue;
    const protocol = loaded.value;
    findings.push(
      ...checkVersionDates(protocol.versions, loaded.provenance),
      ...checkVersions(loaded.provenance, protocol, { forms, scores }),
      ...checkServices(documents, asking, protocol),
    );
    if (findings.length > 0) continue;
    const versions = protocol.versions.map((version) => compileVersion(protocol, version, engine));
    findings.push(...checkCompiledVersions(loaded.provenance, protocol, versions));
    const measured = scoresWithValueSet(protocol);
    const scored = withSiteCodes(instruments.value ?? [], site?.scores ?? [], measured);
    const everyScore = new Set([...(scores ?? []), ...measured]);
    if (site !== undefined) findings.push(...checkSiteCodes(site, protocol, everyScore, scored.rejected));
    protocols.set(name, { protocol, versions, instruments: scored.instruments });
  }
  if (findings.length > 0) return { findings, files };
  const services = serviceFiles.map((file) => {
    const { protocol, instruments } = protocols.get(file.protocol)!;
    const service = askingByCode(file, { instruments, valueSets: protocol.valueSets });
    return { ...service, questions: compileQuestions(service, protocol.memberOf) };
  });
  return { value: { services, protocols }, findings, files };
}

const NO_SITE: ReturnType<typeof loadSiteCodes> = { findings: [] };

/** What is wrong with the versions of which every file could be read. */
function checkVersions(
  provenance: ReadonlyMap<string, Provenance>,
  protocol: Protocol,
  spokenOf: SpokenOf,
): readonly Finding[] {
  return protocol.versions.flatMap((version) => {
    const files = provenance.get(version.file.version)!;
    if (!files.whole) return [];
    return [
      ...checkNames(protocol, version, files),
      ...checkVersion(protocol, version, files),
      ...checkTables(version, files),
      ...checkExpressions(protocol, version, files, { spokenOf }),
    ];
  });
}

/** What only shows once versions are compiled. */
function checkCompiledVersions(
  provenance: ReadonlyMap<string, Provenance>,
  protocol: Protocol,
  versions: readonly CompiledVersion[],
): readonly Finding[] {
  return versions.flatMap((compiled) => {
    const files = provenance.get(compiled.version.file.version)!;
    return [
      ...checkExpressions(protocol, compiled.version, files, { types: typesOf(compiled) }),
      ...checkCompiled(protocol, compiled, files),
      ...checkNamedChoices(protocol, compiled, files),
    ];
  });
}

/** Folders that no service names as its protocol: nothing reads them. */
function unnamedFolders(hooks: string, services: readonly { readonly protocol: string }[]): readonly Finding[] {
  const named = new Set(['services', ...services.map(({ protocol }) => protocol)]);
  return foldersIn(hooks, '.')
    .filter((name) => !name.startsWith('.') && !named.has(name))
    .map((name) => {
      const folder = relative(process.cwd(), join(hooks, name));
      return findingOfFile(folder, [], 'a folder that no service names', `protocol: ${name} in a service`);
    });
}
