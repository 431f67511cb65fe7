import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { type ValueSetFile, valueSetSchema } from '../schemas/protocol.js';
import { type Finding, findingAt, validate } from '../yaml/findings.js';
import { readYaml, type YamlDocument } from '../yaml/read-yaml.js';
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

/** Reads a site's file of codes (setting `SITE_VALUE_SETS`); all findings at once. */
export function loadSiteCodes(file: string): { readonly value?: SiteCodes; readonly findings: readonly Finding[] } {
  const document = readYaml(file, readFileSync(file, 'utf8'));
  const { value, findings } = validate(siteCodesSchema, document);
  if (value === undefined) return { findings };
  const valueSets = new Map(Object.entries(value.valueSets ?? {}));
  return { value: { document, valueSets, scores: value.scores ?? [] }, findings };
}

/**
 * A site may add codes to a value set or score that the protocol has, and to no other.
 *
 * @param rejected codes that stand for another score already, or name one that does not exist
 */
export function checkSiteCodes(
  site: SiteCodes,
  protocol: Protocol,
  rejected: readonly { readonly code: string; readonly score: string }[],
): readonly Finding[] {
  const names = [...protocol.ownValueSetNames].join(', ');
  const unknown = [...site.valueSets.keys()].filter((name) => !protocol.ownValueSetNames.has(name));
  return [
    ...unknown.map((name) =>
      findingAt(site.document, ['valueSets', name], name, `a value set of the protocol: ${names}`),
    ),
    ...rejected.map(({ code, score }) =>
      findingAt(site.document, ['scores'], `${code} for ${score}`, 'a score that exists, for a code that has no other'),
    ),
  ];
}
