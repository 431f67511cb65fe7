import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CdsError } from '../../src/errors.js';
import { createFhirServer } from '../../src/sandbox/fhir-server.js';
import { loadSyntheticRecords } from '../../src/sandbox/synthetic-records.js';
import type { Resource } from '../../src/schemas/resource.js';

const BASE = 'http://127.0.0.1/sandbox/fhir';
const { index, resources } = loadSyntheticRecords('docker/patients', ['hooks/imsr/questionnaires']);
const server = createFhirServer(resources);

interface Page extends Resource {
  readonly total: number;
  readonly link: readonly { readonly relation: string; readonly url: string }[];
  readonly entry: readonly { readonly fullUrl: string; readonly resource: Resource }[];
}
const search = (type: string, query: string): Page => server.search(type, new URLSearchParams(query), BASE) as Page;
const codeOf = (attempt: () => unknown): string => {
  try {
    attempt();
  } catch (thrown) {
    return thrown instanceof CdsError ? thrown.code : 'not a CdsError';
  }
  return 'nothing thrown';
};

describe("the sandbox's FHIR server", () => {
  it('holds every patient that the index names', () => {
    const { patients } = index as { patients: readonly { id: string }[] };
    expect(patients.map(({ id }) => server.read('Patient', id).id)).toEqual(patients.map(({ id }) => id));
  });

  it('reads by type and id, and by nothing else', () => {
    expect(server.read('Patient', 'all-met')['gender']).toBe('female');
    expect(codeOf(() => server.read('Patient', 'nobody'))).toBe('NOT_FOUND');
    expect(codeOf(() => server.read('Condition', 'all-met'))).toBe('NOT_FOUND');
  });

  it.each([
    ['Condition', 'patient=all-met', 1],
    ['Condition', 'patient=Patient/all-met', 1],
    ['Condition', 'patient=all', 0],
    ['ServiceRequest', 'patient=all-met&status=active', 1],
    ['ServiceRequest', 'patient=all-met&status=active,draft', 2],
    ['ServiceRequest', 'patient=all-met&code=imsr-referral', 1],
    ['ServiceRequest', 'patient=all-met&code=https://imsr-cds.example/fhir/CodeSystem/imsr-order|imsr-referral', 1],
    ['ServiceRequest', 'patient=all-met&code=https://elsewhere.example|imsr-referral', 0],
    ['ServiceRequest', 'patient=all-met&code=https://imsr-cds.example/fhir/CodeSystem/imsr-order|', 2],
    ['ServiceRequest', 'patient=all-met&code=https://elsewhere.example|', 0],
    ['PractitionerRole', '_id=all-met-role-fysio,all-met-role-psycholoog', 2],
    ['Questionnaire', 'url=https://imsr-cds.example/fhir/Questionnaire/hads|1', 1],
  ])('%s?%s finds %i', (type, query, total) => {
    expect(search(type, query).total).toBe(total);
  });

  it.each(['Condition?patient=all', 'Procedure?patient=all-met&_offset=20', 'Device?'])(
    'answers %s without a list, as FHIR has none that are empty',
    (asked) => {
      const [type = '', query = ''] = asked.split('?');
      expect(Object.keys(search(type, query))).toEqual(['resourceType', 'type', 'total', 'link']);
    },
  );

  it.each(['metadata', '_history', 'x'.repeat(100)])('knows nothing of %s', (type) => {
    expect(codeOf(() => search(type, ''))).toBe('NOT_FOUND');
  });

  it.each([
    'name=x',
    'patient=all-met&_include=Procedure:performer',
    '_count=none',
    '_count=0',
    '_offset=-1',
    'constructor=x',
    'toString=x',
    '__proto__=x',
  ])('refuses to answer another question than ?%s', (query) => {
    expect(codeOf(() => search('Patient', query))).toBe('REQUEST_INVALID');
  });

  it('gives every match exactly once over its pages, whatever their size', () => {
    const all = search('Procedure', 'patient=all-met&_count=100').entry.map(({ fullUrl }) => fullUrl);
    expect(all).toHaveLength(20);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 30 }), (count) => {
        const seen: string[] = [];
        let query: string | undefined = `patient=all-met&_count=${count}`;
        while (query !== undefined) {
          const page: Page = search('Procedure', query);
          seen.push(...page.entry.map(({ fullUrl }) => fullUrl));
          query = page.link.find(({ relation }) => relation === 'next')?.url.split('?')[1];
        }
        expect(seen).toEqual(all);
      }),
    );
  });
});
