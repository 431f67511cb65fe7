import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PlacedSystem } from '../protocol/check-systems.js';
import { type Instrument, instrumentSchema } from '../schemas/instrument.js';
import { type Finding, findingAt, validate } from '../yaml/findings.js';
import { readYaml, type YamlDocument } from '../yaml/read-yaml.js';

/** A data file by name, as text. */
export interface InstrumentFile {
  readonly file: string;
  readonly text: string;
}

/** The instruments of a protocol, or what is wrong with their files. */
export interface LoadedInstruments {
  /** Only when there are no findings. */
  readonly value?: readonly Instrument[];
  readonly findings: readonly Finding[];
  /** The files of the instruments by id, so that later checks can point at them. */
  readonly documents: ReadonlyMap<string, YamlDocument>;
}

/**
 * Reads instruments from their files and checks that together they leave no choice: no two share an id, a score, a
 * canonical or a code, and each file is named after its instrument.
 */
export function readInstruments(files: readonly InstrumentFile[]): LoadedInstruments {
  const instruments: Instrument[] = [];
  const findings: Finding[] = [];
  const owners = new Map<string, string>();
  const documents = new Map<string, YamlDocument>();
  for (const { file, text } of files) {
    const document = readYaml(file, text);
    const outcome = validate(instrumentSchema, document);
    findings.push(...outcome.findings);
    if (outcome.value === undefined) continue;
    instruments.push(outcome.value);
    documents.set(outcome.value.id, document);
    findings.push(...clashes(outcome.value, document, owners));
  }
  return findings.length === 0 ? { value: instruments, findings, documents } : { findings, documents };
}

/**
 * Reads every `*.yaml` in a directory, in order of name.
 * @throws when the directory or a file cannot be read
 */
export function loadInstruments(directory: string): LoadedInstruments {
  const names = readdirSync(directory).filter((name) => name.endsWith('.yaml'));
  return readInstruments(
    names.sort().map((name) => ({ file: join(directory, name), text: readFileSync(join(directory, name), 'utf8') })),
  );
}

/** Every name of a system among the codes of scores. */
export function systemsOfInstruments({ value = [], documents }: LoadedInstruments): readonly PlacedSystem[] {
  return value.flatMap(({ id, scores }) =>
    scores.flatMap(({ codes }, index) =>
      codes.map(({ system }, place) => ({
        name: system,
        document: documents.get(id)!,
        path: ['scores', index, 'codes', place, 'system'],
        beside: [system],
      })),
    ),
  );
}

function clashes(instrument: Instrument, document: YamlDocument, owners: Map<string, string>): readonly Finding[] {
  const findings: Finding[] = [];
  const name = document.file
    .split(/[\\/]/)
    .at(-1)
    ?.replace(/\.yaml$/, '');
  if (name !== instrument.id)
    findings.push(findingAt(document, ['id'], instrument.id, `the name of the file, ${name}`));
  const claim = (kind: string, what: string, path: readonly (string | number)[]): void => {
    const owner = owners.get(`${kind} ${what}`);
    if (owner === undefined) owners.set(`${kind} ${what}`, document.file);
    else findings.push(findingAt(document, path, what, `a ${kind} that ${owner} does not have`));
  };
  claim('name', instrument.id, ['id']);
  if (instrument.questionnaire !== undefined)
    claim('canonical', instrument.questionnaire.canonical, ['questionnaire', 'canonical']);
  instrument.scores.forEach((score, index) => {
    claim('score', score.id, ['scores', index, 'id']);
    score.codes.forEach(({ system, code }, place) =>
      claim('code', `${system}|${code}`, ['scores', index, 'codes', place]),
    );
  });
  return findings;
}
