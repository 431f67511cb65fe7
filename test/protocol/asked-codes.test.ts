import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadKnowledge } from '../../src/knowledge.js';
import { fillTemplate } from '../../src/record/tokens.js';
import { createFhirServer } from '../../src/sandbox/fhir-server.js';
import type { Resource } from '../../src/schemas/resource.js';
import { fitsToken } from '../../src/web/api/search-token.js';
import { readYaml } from '../../src/yaml/read-yaml.js';
import { newFolder } from '../new-folder.js';

const own = loadKnowledge('hooks').value!;
const ICF = 'http://hl7.org/fhir/sid/icf-nl';
const SCORE = 'https://imsr-cds.example/fhir/CodeSystem/imsr-score';

const templateOf = (knowledge: typeof own, id: string): string =>
  knowledge.services.find((service) => service.id === id)!.prefetch.find(({ key }) => key === 'observations')!.template;

const queryOf = (template: string): URLSearchParams => {
  const filled = fillTemplate(template, { patientId: 'p1' });
  return new URLSearchParams('path' in filled ? filled.path.split('?')[1] : '');
};

const indication = own.services.filter(({ phase }) => phase === 'indication').map(({ id }) => id);

const withSite = (text: string) => {
  const file = join(newFolder(), 'codes.yaml');
  writeFileSync(file, text);
  return loadKnowledge('hooks', { siteCodesFile: file }).value!;
};

interface Coded {
  readonly coding: readonly { readonly system: string; readonly code: string }[];
}

function observation(id: string, system: string, code: string): Resource {
  return {
    resourceType: 'Observation',
    id,
    status: 'final',
    subject: { reference: 'Patient/p1' },
    code: { coding: [{ system, code }] },
  };
}

/** Codes that the rules name in an Observation, and the value sets that they ask its code to be a member of. */
function countedInRules(): { readonly codes: readonly string[]; readonly valueSets: readonly string[] } {
  const folder = 'hooks/imsr/2026-04-17/facts';
  const parts = readdirSync(folder).flatMap((file) =>
    readFileSync(join(folder, file), 'utf8')
      .split(/\bObservation\.where\(/)
      .slice(1)
      .map((rest) => rest.slice(0, 400)),
  );
  const all = (pattern: RegExp) => parts.flatMap((part) => [...part.matchAll(pattern)].map(([, ...groups]) => groups));
  return {
    codes: all(/code\.coding\.where\(system = '([^']+)' and code = '([^']+)'\)/g).map((both) => both.join('|')),
    valueSets: all(/code\.coding\.where\(memberOf\('((?:icf|score)-[^']+)'\)/g).map(([name]) => name!),
  };
}

describe.each(indication)('the Observations that %s asks for', (id) => {
  const asked = queryOf(templateOf(own, id)).get('code')!.split(',');

  it('are those of every code of every score', () => {
    const codes = own.protocols
      .get('imsr')!
      .instruments.flatMap(({ scores }) => scores.flatMap((score) => score.codes));
    expect(codes.length).toBeGreaterThan(14);
    expect(codes.map(({ system, code }) => `${system}|${code}`).filter((token) => !asked.includes(token))).toEqual([]);
  });

  it('are those of every code and every value set that the rules look for', () => {
    const { codes, valueSets } = countedInRules();
    expect(codes).toEqual([]);
    expect(new Set(valueSets)).toEqual(
      new Set(['score-wpn-level', 'icf-movement-function', 'icf-cognitive-emotional-function']),
    );
    const tokens = valueSets.flatMap((name) => {
      const file = `hooks/imsr/value-sets/${name}.yaml`;
      const { systems } = readYaml(file, readFileSync(file, 'utf8')).value as {
        systems: { system: string; aliases?: string[]; members: { code?: string }[] }[];
      };
      return systems.flatMap(({ system, aliases = [], members }) =>
        [system, ...aliases].flatMap((each) => members.map(({ code = '' }) => `${each}|${code}`)),
      );
    });
    expect(tokens.filter((token) => !asked.includes(token))).toEqual([]);
  });

  it('fit in a query that every server takes', () => {
    expect(templateOf(own, id).length).toBeLessThan(2000);
    expect(new Set(asked).size).toBe(asked.length);
  });

  it('are found by a server, and sent by an EHR, that honours the query', () => {
    const record = [
      observation('movement', ICF, 'b710'),
      observation('emotional', 'http://hl7.org/fhir/sid/icf', 'b152'),
      observation('pain', 'http://loinc.org', '72514-3'),
      observation('level', SCORE, 'wpn-level'),
      observation('weight', 'http://loinc.org', '29463-7'),
    ];
    const counted = ['movement', 'emotional', 'pain', 'level'];
    const page = createFhirServer(record).search('Observation', queryOf(templateOf(own, id)), 'https://ehr.example');
    const idsOf = (bundle: unknown) =>
      (bundle as { entry: readonly { resource: Resource }[] }).entry.map(({ resource }) => resource.id);
    expect(idsOf(page)).toEqual(counted);
    const tokens = queryOf(templateOf(own, id)).get('code')!.split(',');
    const sent = record.filter(({ code }) => (code as Coded).coding.some((coding) => fitsToken(coding, tokens)));
    expect(sent.map((resource) => resource.id)).toEqual(counted);
  });
});

describe("a site's own codes are asked for", () => {
  const site = withSite(`scores:
  - { system: "urn:oid:1.2.3.4", code: PDI-TOT, score: pdi }
  - { system: "https://site.example/scores?v=1&x", code: "A+B, {{c}}", score: psk }
valueSets:
  icf-movement-function:
    description: Local codes
    source: the site
    systems:
      - { system: "urn:local", members: [{ code: STIFF, certainty: S }] }
`);

  it.each(indication)('by %s', (id) => {
    const template = templateOf(site, id);
    const asked = queryOf(template).get('code')!;
    expect(template).toContain('urn:oid:1.2.3.4|PDI-TOT');
    expect(asked.split(',')).toContain('urn:local|STIFF');
    expect(asked).toContain(String.raw`https://site.example/scores?v=1&x|A+B\, {{c}},`);
    expect(asked).toContain(`${ICF}|`);
    expect(fillTemplate(template, { patientId: 'p1' })).toHaveProperty('path');
  });
});
