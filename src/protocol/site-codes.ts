import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { type ValueSetFile, valueSetSchema } from '../schemas/protocol.js';
import { type Finding, findingAt, findingOfFile, validate } from '../yaml/findings.js';
import { readYaml, type YamlDocument } from '../yaml/read-yaml.js';
import { checkMembers, type PlacedSystem, type PlacedValueSet, systemsOf } from './check-systems.js';
import type { Protocol } from './protocol.js';

/** What a site's own codes mean: orders, providers, diagnoses by value set, and measurements by score. */
export interface SiteCodes {
  readonly document: YamlDocument;
  readonly valueSets: ReadonlyMap<string, ValueSetFile>;
  readonly scores: readonly { readonly system: string; readonly code: string; readonly score: string }[];
}

const text = z.string().min(1);
const siteCodesSchema = z.strictObject({
  valueSets: z.record(z.string(), valueSetSchema).optional(),
  scores: z.array(z.strictObject({ system: text, code: text, score: text })).optional(),
});

/** The setting that names the file. */
const SETTING = 'SITE_VALUE_SETS';

/** Reads a site's file of codes (setting `SITE_VALUE_SETS`); all findings at once. */
export function loadSiteCodes(file: string): { readonly value?: SiteCodes; readonly findings: readonly Finding[] } {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    const found = `a file that cannot be read (${(error as NodeJS.ErrnoException).code ?? 'no reason given'})`;
    return { findings: [findingOfFile(file, [SETTING], found, `the file that ${SETTING} names`)] };
  }
  const document = readYaml(file, text);
  const { value, findings } = validate(siteCodesSchema, document);
  if (value === undefined) return { findings };
  const site = { document, valueSets: new Map(Object.entries(value.valueSets ?? {})), scores: value.scores ?? [] };
  return { value: site, findings: [...findings, ...placedValueSets(site).flatMap(checkMembers)] };
}

function placedValueSets({ document, valueSets }: SiteCodes): readonly PlacedValueSet[] {
  return [...valueSets].map(([name, file]) => ({ document, path: ['valueSets', name], file }));
}

/** Every name of a system in a site's file. */
export function systemsOfSite(site: SiteCodes): readonly PlacedSystem[] {
  const { document, scores } = site;
  return [
    ...placedValueSets(site).flatMap(systemsOf),
    ...scores.map(({ system }, index) => ({
      name: system,
      document,
      path: ['scores', index, 'system'],
      beside: [system],
    })),
  ];
}

/** Value sets of this name hold the codes of a measurement that the rules read by themselves; after it comes the name of the measurement. */
const OF_SCORE = 'score-';

/** The measurements that have a value set of their own in the protocol. */
export function scoresWithValueSet(protocol: Protocol): ReadonlySet<string> {
  const names = [...protocol.ownValueSetNames].filter((name) => name.startsWith(OF_SCORE));
  return new Set(names.map((name) => name.slice(OF_SCORE.length)));
}

/** What a site adds to value sets: those that it names, and its codes of measurements. */
export function valueSetsOf({ valueSets, scores }: SiteCodes): ReadonlyMap<string, ValueSetFile> {
  const all = new Map(valueSets);
  for (const { system, code, score } of scores) {
    const name = `${OF_SCORE}${score}`;
    const known = all.get(name) ?? { description: `Codes of the site for ${score}`, source: 'the site', systems: [] };
    all.set(name, { ...known, systems: [...known.systems, { system, members: [{ code, certainty: 'S' }] }] });
  }
  return all;
}

/**
 * A site may add codes to a value set or score that the protocol has, and to no other.
 *
 * @param scores every score that there is
 * @param rejected entries of the file that stand for another score already, or name one that does not exist
 */
export function checkSiteCodes(
  site: SiteCodes,
  protocol: Protocol,
  scores: ReadonlySet<string>,
  rejected: readonly { readonly code: string; readonly score: string }[],
): readonly Finding[] {
  const names = [...protocol.ownValueSetNames].join(', ');
  const unknown = [...site.valueSets.keys()].filter((name) => !protocol.ownValueSetNames.has(name));
  return [
    ...unknown.map((name) =>
      findingAt(site.document, ['valueSets', name], name, `a value set of the protocol: ${names}`),
    ),
    ...site.scores.flatMap((entry, index) => {
      const { code, score } = entry;
      if (!rejected.includes(entry)) return [];
      const at = (key: string, found: string, expected: string): Finding =>
        findingAt(site.document, ['scores', index, key], found, expected);
      if (!scores.has(score)) return [at('score', score, `a score: ${[...scores].join(', ')}`)];
      return [at('code', `${code} for ${score}`, 'a code that stands for no other score')];
    }),
  ];
}
