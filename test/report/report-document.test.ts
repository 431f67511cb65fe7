import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { r4Errors } from '../records/r4-validator.js';
import { assessBundle, assessPatient, countingMaker, MADE_AT } from './kit.js';
import { bundleOf, type Json } from '../records/sandbox-bundle.js';

const patients = readdirSync('docker/patients')
  .filter((file) => file !== 'index.json')
  .map((file) => file.replace('.json', ''));

function entriesOf(document: Json): { fullUrl: string; resource: Json }[] {
  return document['entry'] as { fullUrl: string; resource: Json }[];
}

function referencesIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(referencesIn);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === 'reference' && typeof inner === 'string' ? [inner] : referencesIn(inner),
  );
}

describe('the report as a FHIR document', () => {
  it.each(patients)('of %s is valid R4, and holds everything its Composition refers to', async (patient) => {
    const document = countingMaker().document(await assessPatient(patient), 'nl', MADE_AT) as Json;
    expect(r4Errors(document)).toEqual([]);
    const entries = entriesOf(document);
    const [composition] = entries;
    expect(composition!.resource['resourceType']).toBe('Composition');
    const known = new Set(entries.map(({ fullUrl }) => fullUrl));
    expect(known.size).toBe(entries.length);
    expect(referencesIn(composition!.resource).filter((reference) => !known.has(reference))).toEqual([]);
  });

  it('is preliminary and names no person as its author: a physician has yet to adopt it', async () => {
    const document = countingMaker().document(await assessPatient('all-met'), 'en', MADE_AT) as Json;
    const [composition, , device] = entriesOf(document);
    expect(composition!.resource).toMatchObject({ status: 'preliminary', author: [{ reference: device!.fullUrl }] });
    expect(device!.resource['resourceType']).toBe('Device');
    expect(composition!.resource).not.toHaveProperty('attester');
  });

  it('has twelve sections for the twelve fields, and says of an empty one why it is empty', async () => {
    const document = countingMaker().document(await assessPatient('referral-incomplete'), 'en', MADE_AT) as Json;
    const sections = entriesOf(document)[0]!.resource['section'] as Json[];
    expect(sections.filter((section) => section['code'] !== undefined)).toHaveLength(12);
    const mechanism = sections.find(({ title }) => title === '4. Pain mechanism')!;
    expect(mechanism['emptyReason']).toMatchObject({ coding: [{ code: 'unavailable' }] });
    expect(JSON.stringify(mechanism['text'])).toContain(
      'Not recorded; can be supplied by the rehabilitation physician.',
    );
  });

  it('codes a score by its own code and by those of the terminologies that have one', async () => {
    const document = countingMaker().document(await assessPatient('all-met'), 'en', MADE_AT) as Json;
    const anxiety = entriesOf(document).find(
      ({ resource }) => (resource['code'] as Json | undefined)?.['text'] === 'HADS anxiety',
    )!;
    expect((anxiety.resource['code'] as { coding: unknown }).coding).toEqual([
      { system: 'https://imsr-cds.example/fhir/CodeSystem/imsr-score', code: 'hads-anxiety' },
      { system: 'http://snomed.info/sct', code: '401319005' },
    ]);
    expect(anxiety.resource).not.toHaveProperty('interpretation');
  });

  it('outside every version of the protocol says that nothing was checked', async () => {
    const assessed = await assessBundle(bundleOf('all-met'), '2020-01-01');
    const document = countingMaker().document(assessed, 'en', MADE_AT) as Json;
    expect(r4Errors(document)).toEqual([]);
    expect(entriesOf(document)[0]!.resource).not.toHaveProperty('section');
    expect(countingMaker().html(assessed, 'en')).toContain('No version of the indication document is in force');
  });
});
