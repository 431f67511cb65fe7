import { describe, expect, it } from 'vitest';
import type { Resource } from '../../src/schemas/resource.js';
import { BASE } from '../records/codings.js';
import {
  AGB,
  asContacts,
  type Change,
  coded,
  judged,
  PHYSIOTHERAPY,
  physiotherapy,
  role,
  SNOMED,
  UNCLEAR,
} from './base-patient.js';

/** Who gave a session, where, and whether it was one, as registrations tell it beside the role's own code. */
const BELOW = 'not-met: below-threshold';
const MET = 'met: thresholds-reached';
const SECONDARY = 'review: only-with-secondary-care';
const UNLINKED = { code: { text: 'Individuele zitting' }, reasonReference: undefined };
const by = (reference: string) => ({ performer: [{ actor: { reference } }] });

/** Of the twelve sessions of the physiotherapist these fields hold for all but the first four. */
const physical = (fields: object, added: readonly Resource[] = [], from = 5) =>
  judged(physiotherapy(fields, from), added)['first-line-physical'];

describe('sessions that name neither the complaint nor a treatment', () => {
  const practice: Resource = { resourceType: 'Organization', id: 'noord', name: 'Fysiotherapiepraktijk Noord' };
  const inWords = (fields: object): Resource => ({ resourceType: 'PractitionerRole', id: 'words', ...fields });

  it.each<[string, object, readonly Resource[], string]>([
    ['a physiotherapist by name', { performer: [{ actor: { display: 'Fysiotherapeut Jansen' } }] }, [], UNCLEAR],
    ['a practice by name', by('Organization/noord'), [practice], UNCLEAR],
    ['a role in words', by('PractitionerRole/words'), [inWords({ code: [{ text: 'fysiotherapeut' }] })], UNCLEAR],
    ['a specialty in words', by('PractitionerRole/words'), [inWords({ specialty: [{ text: 'Fysio' }] })], UNCLEAR],
    ['anybody else by name', { performer: [{ actor: { display: 'Dokter Jansen' } }] }, [], BELOW],
  ])('may be of the first line where they name %s: %s', (_, performer, added, expected) => {
    expect(physical({ ...UNLINKED, ...performer }, added)).toBe(expected);
  });
});

describe('sessions by a GP', () => {
  const gp = [role('gp', AGB, '0101')];

  it.each<[string, object, string]>([
    ['physiotherapy by its code', coded(SNOMED, '91251008'), UNCLEAR],
    ['physiotherapy in words', { code: { text: 'Behandeling fysiotherapie' } }, UNCLEAR],
    ['a referral to it', { code: { text: 'Verwijzing fysiotherapie' } }, BELOW],
    ['something else', { code: { text: 'Consult' } }, BELOW],
  ])('that are %s', (_, code, expected) => {
    expect(physical({ ...code, ...by('PractitionerRole/gp') }, gp)).toBe(expected);
  });
});

describe('physiotherapy by somebody who calls himself psychosomatic', () => {
  const UZI = 'http://fhir.nl/fhir/NamingSystem/uzi-rolcode';
  const named = (fields: object): Resource => ({ ...role('somatic', UZI, '04.000'), ...fields });
  const text = 'Psychosomatisch fysiotherapeut';

  it.each<[string, Resource, string]>([
    ['in the words of the role', named({ code: [{ text }] }), UNCLEAR],
    [
      'in the words of the specialty',
      named({ specialty: [{ coding: [{ system: UZI, code: '04.000' }], text }] }),
      UNCLEAR,
    ],
    ['nowhere', named({}), MET],
  ])('%s', (_, therapist, expected) => {
    expect(physical(by('PractitionerRole/somatic'), [therapist], 1)).toBe(expected);
  });

  it('by name, or in what a practitioner is qualified for', () => {
    const code = coded(SNOMED, '91251008');
    expect(physical({ ...code, performer: [{ actor: { display: text } }] }, [], 1)).toBe(UNCLEAR);
    const practitioner = { resourceType: 'Practitioner', id: 'p', qualification: [{ code: { text } }] };
    expect(physical({ ...code, ...by('Practitioner/p') }, [practitioner], 1)).toBe(UNCLEAR);
  });
});

describe('sessions in an institution (T10)', () => {
  const hospital: Resource = { resourceType: 'Organization', id: 'h', name: 'Academisch Ziekenhuis' };
  const performer = (onBehalfOf: object) => ({
    performer: [{ actor: { reference: 'PractitionerRole/role-fysio' }, onBehalfOf }],
  });

  it.each<[string, object, readonly Resource[], string]>([
    ['of secondary care by its name', performer({ display: 'UMC Noord' }), [], SECONDARY],
    ['of secondary care that is in the record', performer({ reference: 'Organization/h' }), [hospital], SECONDARY],
    ['of the first line', performer({ display: 'Centrum voor fysiotherapie en revalidatie' }), [], MET],
  ])('%s', (_, fields, added, expected) => {
    expect(physical(fields, added, 1)).toBe(expected);
  });

  it.each([
    ['GGZ Instelling Test', SECONDARY],
    ['Praktijk voor Basis-GGZ Test', MET],
    ['GBGGZ Test', MET],
  ])('for mental health, by the psychologist: %s', (display, expected) => {
    const atGgz: Change = (session, number) =>
      number > PHYSIOTHERAPY
        ? {
            ...session,
            performer: performer({ display }).performer.map((one) => ({
              ...one,
              actor: (session['performer'] as { actor: object }[])[0]!.actor,
            })),
          }
        : session;
    expect(judged(atGgz)['first-line-psychological']).toBe(expected);
  });

  it('that a contact names', () => {
    const contacts = asContacts((session) => ({
      reasonReference: session['reasonReference'],
      serviceProvider: { display: 'Revalidatiecentrum Zuid' },
    }));
    expect(judged(contacts)['first-line-physical']).toBe(SECONDARY);
  });

  it('to which the patient was admitted, one step up', () => {
    const outpatient = { resourceType: 'Encounter', id: 'c', status: 'finished', class: { code: 'AMB' } };
    const admission = { resourceType: 'Encounter', id: 'up', status: 'finished', class: { code: 'IMP' } };
    const within = { encounter: { reference: 'Encounter/c' } };
    const partOf = { partOf: { reference: 'Encounter/up' } };
    expect(physical(within, [{ ...outpatient, ...partOf }, admission], 1)).toBe(SECONDARY);
    expect(physical(within, [outpatient, admission], 1)).toBe(MET);
  });
});

describe('sessions that are part of IMSR', () => {
  const code = { coding: [{ system: `${BASE}/CodeSystem/imsr-order`, code: 'imsr-treatment' }] };

  it('do not count, as sessions and as contacts', () => {
    const programme: Resource = { resourceType: 'Procedure', id: 'programme', status: 'completed', code };
    expect(physical({ partOf: [{ reference: 'Procedure/programme' }] }, [programme], 1)).toBe('unknown: not-recorded');
    const contact: Resource = { resourceType: 'Encounter', id: 'programme', status: 'finished', type: [code] };
    const contacts = asContacts((session) => ({
      reasonReference: session['reasonReference'],
      partOf: { reference: 'Encounter/programme' },
    }));
    expect(judged(contacts, [contact])['first-line-physical']).toBe('unknown: not-recorded');
  });
});

describe('who took part in a contact', () => {
  const surgeon = { individual: { reference: 'PractitionerRole/surgeon' } };
  const therapist = (code: string) => ({
    type: [{ coding: [{ code }] }],
    individual: { reference: 'PractitionerRole/role-fysio' },
  });

  it.each([
    ['REF', 'unknown: not-recorded'],
    ['DIS', 'unknown: not-recorded'],
    ['ATND', MET],
  ])('treated in it unless the part was another one (%s): %s', (code, expected) => {
    const contacts = asContacts((session) => ({
      reasonReference: session['reasonReference'],
      participant: [surgeon, therapist(code)],
    }));
    expect(judged(contacts, [role('surgeon', AGB, '0303')])['first-line-physical']).toBe(expected);
  });

  it('so with the function in a session', () => {
    const performer = [
      { actor: { reference: 'PractitionerRole/surgeon' } },
      { actor: { reference: 'PractitionerRole/role-fysio' }, function: { text: 'verwijzer' } },
    ];
    expect(physical({ performer }, [role('surgeon', AGB, '0303')], 1)).toBe('unknown: not-recorded');
  });
});

describe('what is told of a session', () => {
  it.each<[string, object, string]>([
    ['an intake in the reason', { reasonCode: [{ text: 'Intake en onderzoek' }] }, 'review: only-with-intake'],
    ['diagnostics', { code: { text: 'Diagnostiek 60 minuten' } }, 'review: only-with-intake'],
    ['a consultation of colleagues', { code: { text: 'Multidisciplinair overleg' } }, UNCLEAR],
    ['writing', { code: { text: 'Indirecte tijd' } }, UNCLEAR],
    ['a patient who did not come', { statusReason: { text: 'No-show' } }, UNCLEAR],
    ['a patient who did not come, as its outcome', { outcome: { text: 'Niet verschenen' } }, UNCLEAR],
    ['treatment', { code: { text: 'Behandeling' } }, MET],
    ['ended in consultation with the patient', { outcome: { text: 'In overleg met patiënt afgesloten' } }, MET],
    ['written about in a report', { outcome: { text: 'Onvoldoende, zie eindverslag' } }, MET],
    ['after diagnostics elsewhere', { reasonCode: [{ text: 'Diagnostiek neuroloog afgerond' }] }, MET],
  ])('that it was %s', (_, fields, expected) => {
    expect(physical(fields)).toBe(expected);
  });
});
