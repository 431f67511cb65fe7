import type { PlacedSystem } from '../protocol/check-systems.js';
import { readFolder } from '../protocol/read-folder.js';
import { type Instrument, instrumentSchema } from '../schemas/instrument.js';
import { type Finding, findingAt, validate } from '../yaml/findings.js';
import { namedAfterId } from '../yaml/named-after-id.js';
import type { YamlDocument } from '../yaml/read-yaml.js';

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
export function readInstruments(files: Iterable<YamlDocument>): LoadedInstruments {
  const instruments: Instrument[] = [];
  const findings: Finding[] = [];
  const owners = new Map<string, string>();
  const documents = new Map<string, YamlDocument>();
  for (const document of files) {
    const outcome = validate(instrumentSchema, document);
    findings.push(...outcome.findings);
    if (outcome.value === undefined) continue;
    const { id } = outcome.value;
    instruments.push(outcome.value);
    documents.set(id, document);
    findings.push(...namedAfterId(document, id), ...clashes(outcome.value, document, owners));
  }
  return findings.length === 0 ? { value: instruments, findings, documents } : { findings, documents };
}

/** Reads every instrument in `instruments/` of a protocol's folder, in order of name; none where there is no such folder. */
export function loadInstruments(root: string): LoadedInstruments {
  return readInstruments(readFolder(root, 'instruments').values());
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
