import { describe, expect, it } from 'vitest';
import { loadKnowledge } from '../../src/knowledge.js';

const { memberOf } = loadKnowledge('hooks').value!.protocols.get('imsr')!.protocol;

const ORDERS = 'https://imsr-cds.example/fhir/CodeSystem/imsr-order';
const CARE_ACTIVITIES = 'urn:oid:2.16.840.1.113883.2.4.3.27.15.5';
const AGB = 'urn:oid:2.16.840.1.113883.2.4.6.7';
const UZI = 'http://fhir.nl/fhir/NamingSystem/uzi-rolcode';
const SNOMED = 'http://snomed.info/sct';

/** The codes that the contract names, with those just outside its ranges. */
const CODES: readonly (readonly [
  set: string,
  system: string,
  within: readonly string[],
  outside: readonly string[],
])[] = [
  ['imsr-referral-order', ORDERS, ['imsr-referral'], ['imsr-treatment']],
  ['imsr-treatment-order', ORDERS, ['imsr-treatment'], ['imsr-referral']],
  ['imsr-treatment-order', CARE_ACTIVITIES, ['190877', '190880'], ['190876', '190881']],
  ['imsr-treatment-order', CARE_ACTIVITIES, ['190940', '190956'], ['190939', '190957']],
  ['imsr-treatment-order', CARE_ACTIVITIES, ['190960', '190977'], ['190959', '190978']],
  ['referral-order', SNOMED, ['3457005'], ['3457006']],
  ['provider-rehabilitation-physician', AGB, ['0327'], ['0328']],
  ['provider-rehabilitation-physician', UZI, ['01.042'], ['01.043']],
];

describe('the codes of the contract', () => {
  it.each(CODES)('%s of %s', (set, system, within, outside) => {
    for (const code of within) expect(memberOf(set)(system, code), code).toBe(true);
    for (const code of outside) expect(memberOf(set)(system, code), code).toBe(false);
  });
});
