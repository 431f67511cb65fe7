import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadKnowledge } from '../../src/knowledge.js';
import { newFolder } from '../new-folder.js';

function siteFile(text: string): string {
  const file = join(newFolder(), 'codes.yaml');
  writeFileSync(file, text);
  return file;
}

const LOCAL = 'urn:oid:1.2.3.4';

describe("a site's own codes", () => {
  const { value, findings } = loadKnowledge('hooks', {
    siteCodesFile: siteFile(`valueSets:
  imsr-treatment-order:
    description: Local order codes
    source: order catalogue of the site
    systems:
      - { system: "${LOCAL}", members: [{ code: PIJNREVA, certainty: S }] }
scores:
  - { system: "${LOCAL}", code: PDI-TOT, score: pdi }
`),
  });

  it('are added to the value sets of the protocol', () => {
    expect(findings).toEqual([]);
    const { memberOf } = value!.protocols.get('imsr')!.protocol;
    expect(memberOf('imsr-treatment-order')(LOCAL, 'PIJNREVA')).toBe(true);
    expect(memberOf('imsr-treatment-order')(LOCAL, 'HARTREVA')).toBe(false);
    expect(memberOf('imsr-treatment-order')(undefined, 'PIJNREVA')).toBe(false);
  });

  it('change the hash that receipts carry', () => {
    const own = loadKnowledge('hooks').value!.protocols.get('imsr')!.protocol.hash;
    expect(value!.protocols.get('imsr')!.protocol.hash).not.toBe(own);
  });

  it('beside codes of a system that the protocol has already leave those as they are', () => {
    const NZA = 'urn:oid:2.16.840.1.113883.2.4.3.27.15.5';
    const wider = loadKnowledge('hooks', {
      siteCodesFile: siteFile(`valueSets:
  imsr-treatment-order:
    description: Local order codes
    source: order catalogue of the site
    systems:
      - { system: "${NZA}", members: [{ code: "199999", certainty: S }] }
`),
    });
    const { memberOf } = wider.value!.protocols.get('imsr')!.protocol;
    expect(memberOf('imsr-treatment-order')(NZA, '199999')).toBe(true);
    expect(memberOf('imsr-treatment-order')(NZA, '190940')).toBe(true);
    expect(memberOf('imsr-treatment-order')(NZA, '190939')).toBe(false);
  });

  it('for the WPN level join the value set that the rules read', () => {
    const WPN = 'score-wpn-level';
    const mapped = loadKnowledge('hooks', {
      siteCodesFile: siteFile(`scores:
  - { system: "${LOCAL}", code: WPN, score: wpn-level }
  - { system: "${LOCAL}", code: WPN-NIVEAU, score: wpn-level }
  - { system: "${LOCAL}", code: PDI-TOT, score: pdi }
`),
    });
    expect(mapped.findings).toEqual([]);
    const { memberOf } = mapped.value!.protocols.get('imsr')!.protocol;
    expect(memberOf(WPN)(LOCAL, 'WPN')).toBe(true);
    expect(memberOf(WPN)(LOCAL, 'WPN-NIVEAU')).toBe(true);
    expect(memberOf(WPN)('https://imsr-cds.example/fhir/CodeSystem/imsr-score', 'wpn-level')).toBe(true);
    expect(memberOf(WPN)(LOCAL, 'PDI-TOT')).toBe(false);
    expect(memberOf(WPN)('urn:other', 'WPN')).toBe(false);
  });

  it('that mean two measurements are findings', () => {
    const twice = loadKnowledge('hooks', {
      siteCodesFile: siteFile(`scores:
  - { system: "${LOCAL}", code: X, score: wpn-level }
  - { system: "${LOCAL}", code: X, score: pdi }
`),
    });
    expect(twice.findings.map(({ key, found }) => ({ key, found }))).toEqual([
      { key: 'scores[1].code', found: 'X for pdi' },
    ]);
  });

  it('for a value set or score that does not exist are findings', () => {
    const wrong = loadKnowledge('hooks', {
      siteCodesFile: siteFile(`valueSets:
  imsr-orders:
    description: Misspelt
    source: nowhere
    systems:
      - { system: "${LOCAL}", members: [{ code: X, certainty: S }] }
scores:
  - { system: "${LOCAL}", code: PDI-TOT, score: pdi-total }
`),
    });
    expect(wrong.value).toBeUndefined();
    expect(wrong.findings.map(({ key, line }) => ({ key, line }))).toEqual([
      { key: 'valueSets.imsr-orders', line: 2 },
      { key: 'scores[0].score', line: 8 },
    ]);
    expect(wrong.findings[1]).toMatchObject({
      found: 'pdi-total',
      expected: expect.stringMatching(/a score: .*pdi, .*wpn-level/),
    });
  });
});

describe("the examples of a site's codes", () => {
  const ORDERS = 'https://ehr.example/codes/orders';

  it('in docker/clients/ load, and mean what they say', () => {
    const { value, findings } = loadKnowledge('hooks', { siteCodesFile: 'docker/clients/site-codes.yaml' });
    expect(findings).toEqual([]);
    const { protocol, instruments } = value!.protocols.get('imsr')!;
    expect(protocol.memberOf('imsr-treatment-order')(ORDERS, 'PAINREHAB')).toBe(true);
    expect(protocol.memberOf('imsr-treatment-order')(ORDERS, 'PAINREHAB-2')).toBe(true);
    expect(protocol.memberOf('imsr-treatment-order')(ORDERS, 'PAIN')).toBe(false);
    expect(protocol.memberOf('imsr-referral-order')(ORDERS, '7709')).toBe(true);
    expect(protocol.memberOf('imsr-referral-order')(ORDERS, '7710')).toBe(false);
    expect(JSON.stringify(instruments)).toContain('PDI-TOTAL');
  });

  it('in the README load', () => {
    const block = /^ {4}valueSets:.*\n(?: {4}.*\n)+/m.exec(readFileSync('README.md', 'utf8'))![0];
    const { value, findings } = loadKnowledge('hooks', { siteCodesFile: siteFile(block.replaceAll(/^ {4}/gm, '')) });
    expect(findings).toEqual([]);
    const { protocol, instruments } = value!.protocols.get('imsr')!;
    expect(protocol.memberOf('imsr-treatment-order')(ORDERS, 'PAINREHAB')).toBe(true);
    expect(JSON.stringify(instruments)).toContain('PDI-TOTAL');
  });
});

it("a site's file that cannot be read is a finding", () => {
  const { value, findings } = loadKnowledge('hooks', { siteCodesFile: '/nowhere/codes.yaml' });
  expect(value).toBeUndefined();
  expect(findings).toMatchObject([{ file: '/nowhere/codes.yaml', found: 'a file that cannot be read (ENOENT)' }]);
});

describe('codes of the protocol', () => {
  const { memberOf } = loadKnowledge('hooks').value!.protocols.get('imsr')!.protocol;
  const AGB = 'urn:oid:2.16.840.1.113883.2.4.6.7';
  const UZI = 'http://fhir.nl/fhir/NamingSystem/uzi-rolcode';
  it.each([
    ['provider-psychologist', AGB, '9406', true],
    ['provider-psychologist', UZI, '94.000', false],
    ['provider-exercise-therapy', UZI, '94.000', true],
    ['provider-occupational-therapy', AGB, '8800', true],
    ['provider-occupational-therapy', UZI, '88.000', false],
    ['provider-occupational-therapy', UZI, '90.000', true],
    ['provider-physiotherapy', AGB, '0409', false],
    ['provider-psychosomatic-physiotherapy', AGB, '0409', true],
    ['provider-physiotherapy', undefined, '0401', false],
    ['pain-musculoskeletal', 'http://hl7.org/fhir/sid/icpc-1-nl', 'L03', true],
    ['pain-musculoskeletal', 'http://hl7.org/fhir/sid/icpc-1-nl', 'L04', false],
    ['pain-doubtful-site', 'http://hl7.org/fhir/sid/icpc-1-nl', 'L04', true],
    ['pain-musculoskeletal', undefined, 'L03', false],
    ['pain-musculoskeletal', 'http://hl7.org/fhir/sid/icd-10-nl', 'M54.5', true],
    ['pain-musculoskeletal', 'urn:oid:2.16.840.1.113883.6.3.2', 'M54.5', true],
    ['imsr-treatment-order', 'urn:oid:2.16.840.1.113883.2.4.3.27.15.5', '190939', false],
    ['imsr-treatment-order', 'urn:oid:2.16.840.1.113883.2.4.3.27.15.5', '190940', true],
    ['imsr-treatment-order', 'urn:oid:2.16.840.1.113883.2.4.3.27.15.5', '190956', true],
    ['imsr-treatment-order', 'urn:oid:2.16.840.1.113883.2.4.3.27.15.5', '190957', false],
    ['signal-somatic-condition', 'http://hl7.org/fhir/sid/icd-10-nl', 'C97', true],
    ['signal-somatic-condition', 'http://hl7.org/fhir/sid/icd-10-nl', 'C98', false],
  ] as const)('%s holds %s %s: %s', (valueSet, system, code, member) => {
    expect(memberOf(valueSet)(system, code)).toBe(member);
  });
});
