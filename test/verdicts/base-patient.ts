import { expect } from 'vitest';
import { loadKnowledge } from '../../src/knowledge.js';
import type { Resource } from '../../src/schemas/resource.js';
import { encodeVignette, vignettes } from '../records/encode-vignette.js';
import { assessBundle } from './assess-bundle.js';

const knowledge = loadKnowledge('hooks').value!;
export const base = vignettes[0]!;
export const SNOMED = 'http://snomed.info/sct';
export const ICPC = 'http://hl7.org/fhir/sid/icpc-1-nl';
export const AGB = 'urn:oid:2.16.840.1.113883.2.4.6.7';

/** What a session becomes; the number is its place among the twelve of the physiotherapist, then the eight of the psychologist. */
export type Change = (session: Resource, number: number) => Resource;

export const PHYSIOTHERAPY = 12;

/** The synthetic base patient with other sessions, of which forms say no more than these rows: what is said of each criterion. */
export function judged(
  change: Change,
  added: readonly Resource[] = [],
  vignette = base,
  rows: readonly object[] = [],
  replaced?: Resource,
): Readonly<Record<string, string>> {
  const entries = (encodeVignette(vignette).entry ?? []) as unknown as readonly { readonly resource: Resource }[];
  let number = 0;
  const resources = entries.map(({ resource }) => {
    if (replaced !== undefined && resource.id === replaced.id) return replaced;
    if (resource.resourceType === 'QuestionnaireResponse') return withTreatments(resource, rows);
    if (resource.resourceType !== 'Procedure') return resource;
    number += 1;
    return change(resource, number);
  });
  const entry = [...resources, ...added].map((resource) => ({ resource }));
  const bundle = { resourceType: 'Bundle', type: 'collection', entry };
  const { assessment, failures } = assessBundle(knowledge, bundle, base.asOf);
  expect(failures).toEqual([]);
  return Object.fromEntries(assessment.criteria.map(({ id, status, reason }) => [id, `${status}: ${reason}`]));
}

/** A resource of the base patient with these fields in place of its own, for {@link judged}. */
export function ofBase(id: string, fields: object): Resource {
  const { resource } = (encodeVignette(base).entry ?? []).find((entry) => entry.resource?.id === id)!;
  return { ...(resource as unknown as Resource), ...fields };
}

/** A form with these rows of treatment in place of its own; it is the referrer who fills them in. */
function withTreatments(form: Resource, rows: readonly object[]): Resource {
  const items = (form['item'] ?? []) as readonly { readonly linkId: string }[];
  const others = items.filter(({ linkId }) => linkId !== 'treatment');
  return { ...form, item: form.id === 'imsr-referral-form' ? [...others, ...rows] : others };
}

/** A row without days: the discipline, and what is told of it beside that. */
export const row = (discipline: string, told: Readonly<Record<string, object>> = {}): object => ({
  linkId: 'treatment',
  item: [
    { linkId: 'treatment.discipline', answer: [{ valueCoding: { code: discipline } }] },
    ...Object.entries(told).map(([name, value]) => ({ linkId: `treatment.${name}`, answer: [value] })),
  ],
});
export const FOR_THIS = { 'current-complaint': { valueBoolean: true } };
export const FOR_ANOTHER = { 'current-complaint': { valueBoolean: false } };
export const sessions = (valueInteger: number) => ({ sessions: { valueInteger } });

export const UNCLEAR = 'unknown: discipline-or-complaint-unclear';

/** The physiotherapist's sessions with these fields; the psychologist's as they were. */
export const physiotherapy =
  (fields: object, from = 1): Change =>
  (session, number) =>
    number >= from && number <= PHYSIOTHERAPY ? { ...session, ...fields } : session;

export const condition = (fields: object): Resource => ({
  resourceType: 'Condition',
  id: 'other',
  subject: { reference: 'Patient/v01' },
  ...fields,
});
export const coded = (system: string, code: string) => ({ code: { coding: [{ system, code }] } });
export const role = (id: string, system: string, ...codes: readonly string[]): Resource => ({
  resourceType: 'PractitionerRole',
  id,
  specialty: [{ coding: codes.map((code) => ({ system, code })) }],
});
export const withdrawn = (code: string) => ({ verificationStatus: { coding: [{ code }] } });
export const OTHER = { reasonReference: [{ reference: 'Condition/other' }] };

/** The physiotherapist's sessions as contacts with them, with these fields; the psychologist's as they were. */
export const asContacts =
  (fields: (session: Resource) => object): Change =>
  (session, number) =>
    number > PHYSIOTHERAPY
      ? session
      : {
          resourceType: 'Encounter',
          id: session.id!,
          status: 'finished',
          class: { code: 'AMB' },
          period: { start: session['performedDateTime'] },
          participant: [{ individual: { reference: 'PractitionerRole/role-fysio' } }],
          ...fields(session),
        };
