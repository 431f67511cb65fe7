import { describe, expect, it } from 'vitest';
import { loadKnowledge } from '../../src/knowledge.js';
import { recordOf } from '../fhirpath/record.js';

/** Each service file holds the whole question, so that it can be read by itself; it must be the same question. */
describe('what an IMSR referral is', () => {
  const { services } = loadKnowledge('hooks').value!;
  const one = services.find(({ id }) => id === 'imsr-referral')!;

  it.each(services.map((service) => [service.id, service] as const))('is the same to %s', (_, { referral }) => {
    expect(referral).toBe(one.referral);
  });

  it.each(['imsr-referral', 'imsr-referral-select', 'imsr-overview'])('is what %s speaks to', (id) => {
    const { fires } = services.find((service) => service.id === id)!;
    expect(fires.endsWith(one.referral)).toBe(true);
  });

  const order = (change: object) => ({
    resourceType: 'ServiceRequest',
    status: 'draft',
    performerType: { coding: [{ system: 'http://fhir.nl/fhir/NamingSystem/uzi-rolcode', code: '01.042' }] },
    reasonCode: [{ coding: [{ system: 'http://hl7.org/fhir/sid/icd-10', code: 'M54.5' }] }],
    ...change,
  });
  const fired = (change: object) =>
    services.filter(({ questions }) => questions.fires(order(change), recordOf([]))).map(({ id }) => id);
  const text = 'Verwijzing revalidatie';
  const uncoded: readonly [string, object][] = [
    ['no code', {}],
    ['a code in words alone', { code: { text } }],
    ['a code in English words', { code: { text: 'Referral to rehabilitation' } }],
    ['a coding in words alone', { code: { coding: [{ display: 'VERWIJSBRIEF' }] } }],
  ];

  it.each(uncoded)('to a rehabilitation physician for pain: %s', (_, change) => {
    expect(fired(change).sort()).toEqual(['imsr-overview', 'imsr-referral', 'imsr-referral-select']);
  });

  it.each(uncoded)('and for nothing else: %s', (_, change) => {
    const physiotherapist = { coding: [{ system: 'urn:oid:2.16.840.1.113883.2.4.6.7', code: '0401' }] };
    for (const other of [{ performerType: undefined }, { performerType: physiotherapist }, { reasonCode: undefined }])
      expect(fired({ ...change, ...other })).toEqual([]);
    expect(fired({ ...change, reasonCode: [{ text: 'Rugpijn' }] })).toEqual([]);
  });

  it.each(['Pijnrevalidatie', 'Röntgenfoto', 'Controle'])('and not words that speak of no referral: %s', (words) => {
    expect(fired({ code: { text: words } })).toEqual([]);
  });

  it.each([5, true, { a: 1 }, null])('and not words that are no text: %j', (words) => {
    expect(fired({ code: { text: words } })).toEqual([]);
    expect(fired({ code: { coding: [{ display: words }] } })).toEqual([]);
  });

  it('and not what a code says is another order, whatever its words', () => {
    const xRay = { system: 'http://snomed.info/sct', code: '168537006' };
    expect(fired({ code: { coding: [xRay], text } })).toEqual([]);
  });
});
