import fc from 'fast-check';
import type { Resource } from '../../src/schemas/resource.js';
import { ATC, BASE, SNOMED, order, score } from './codings.js';
import {
  subject,
  maybe,
  id,
  arbitraryDateTime,
  period,
  coded,
  diagnosisCoding,
  specialtyCoding,
  concept,
  roleIds,
  roleReference,
  reason,
  clinicalStatus,
  verificationStatus,
  eventStatus,
  containedRole,
  formItem,
} from './arbitrary-values.js';

type Shape = Readonly<Record<string, fc.Arbitrary<unknown>>>;

function resource(resourceType: string, shape: Shape, ids: fc.Arbitrary<string> = id): fc.Arbitrary<Resource> {
  return fc.record({ resourceType: fc.constant(resourceType), id: ids, ...shape }).map((made) => {
    const present = Object.entries(made).filter(([, value]) => value !== undefined);
    return Object.fromEntries(present) as Resource;
  });
}

/** R4 resources of every type that criteria read, with codes, dates and statuses that matter and some that do not. */
export const arbitraryResourceOf = {
  Patient: resource(
    'Patient',
    { birthDate: maybe(arbitraryDateTime), gender: maybe(fc.constantFrom('female', 'male', 'other', 'unknown')) },
    fc.constant('generated'),
  ),
  Condition: resource(
    'Condition',
    {
      code: maybe(concept(diagnosisCoding)),
      clinicalStatus: maybe(clinicalStatus),
      verificationStatus: maybe(verificationStatus),
      onsetDateTime: maybe(arbitraryDateTime),
      subject: fc.constant(subject),
    },
    fc.oneof(fc.constantFrom('pain', 'other'), id),
  ),
  Procedure: resource('Procedure', {
    status: eventStatus,
    code: maybe(concept(fc.constantFrom(...coded(SNOMED, '91251008', '304891004', '387713003')))),
    performedDateTime: maybe(arbitraryDateTime),
    performer: maybe(roleReference.map((actor) => [{ actor }])),
    contained: maybe(containedRole),
    reasonReference: maybe(reason),
    subject: fc.constant(subject),
  }),
  ProcedureSeries: resource('Procedure', {
    status: eventStatus,
    performedPeriod: maybe(period),
    performer: maybe(roleReference.map((actor) => [{ actor }])),
    reasonReference: maybe(reason),
    subject: fc.constant(subject),
  }),
  Encounter: resource('Encounter', {
    status: fc.constantFrom('finished', 'in-progress', 'planned', 'cancelled', 'entered-in-error', 'unknown'),
    class: fc.constant({ code: 'AMB' }),
    period: maybe(period),
    participant: maybe(roleReference.map((individual) => [{ individual }])),
    reasonReference: maybe(reason),
    subject: fc.constant(subject),
  }),
  Observation: resource('Observation', {
    status: fc.constantFrom('final', 'amended', 'corrected', 'preliminary', 'cancelled', 'entered-in-error', 'unknown'),
    code: concept(
      fc.oneof(
        fc
          .constantFrom(
            'pdi',
            'psk',
            'sf12-physical',
            'sf12-mental',
            'hads-anxiety',
            'hads-depression',
            'wpn-level',
            'pain-nrs',
            'pain-catastrophizing',
            'work-ability',
            'general-pain-questionnaire',
          )
          .map(score),
        fc.constantFrom(...coded(SNOMED, '401319005', '401320004', '225908003', '8867-4')),
      ),
    ),
    valueInteger: maybe(fc.integer({ min: -5, max: 110 })),
    effectiveDateTime: maybe(arbitraryDateTime),
    subject: fc.constant(subject),
  }),
  QuestionnaireResponse: resource('QuestionnaireResponse', {
    status: fc.constantFrom('completed', 'amended', 'in-progress', 'entered-in-error', 'stopped'),
    questionnaire: fc
      .tuple(
        fc.constantFrom(
          'pdi',
          'psk',
          'sf-12',
          'hads',
          'pain-catastrophizing-scale',
          'work-ability',
          'imsr-referral-form',
          'imsr-intake-form',
          'general-pain-questionnaire',
          'something-else',
        ),
        fc.constantFrom('', '|1', '|2.0.0'),
      )
      .map(([name, version]) => `${BASE}/Questionnaire/${name}${version}`),
    authored: maybe(arbitraryDateTime),
    item: maybe(fc.array(formItem, { maxLength: 14 })),
    subject: fc.constant(subject),
  }),
  MedicationRequest: resource('MedicationRequest', {
    status: fc.constantFrom('active', 'completed', 'stopped', 'entered-in-error'),
    intent: fc.constantFrom('order', 'plan'),
    medicationCodeableConcept: concept(fc.constantFrom(...coded(ATC, 'N02AA05', 'N05BA01', 'C09AA02'))),
    subject: fc.constant(subject),
  }),
  MedicationStatement: resource('MedicationStatement', {
    status: fc.constantFrom('active', 'completed', 'entered-in-error'),
    medicationCodeableConcept: concept(fc.constantFrom(...coded(ATC, 'N02AB03', 'N02AX02', 'A02BC01'))),
    subject: fc.constant(subject),
  }),
  ServiceRequest: resource('ServiceRequest', {
    status: fc.constantFrom('active', 'completed', 'revoked', 'entered-in-error', 'on-hold'),
    intent: fc.constantFrom('order', 'plan', 'proposal'),
    code: maybe(
      fc.oneof(
        fc.constantFrom('imsr-referral' as const, 'imsr-treatment' as const).map((code) => ({ coding: [order(code)] })),
        fc.constant({ text: 'iets anders' }),
      ),
    ),
    authoredOn: maybe(arbitraryDateTime),
    reasonReference: maybe(reason),
    subject: fc.constant(subject),
  }),
  PractitionerRole: resource(
    'PractitionerRole',
    {
      specialty: maybe(fc.array(concept(specialtyCoding), { maxLength: 2 })),
    },
    fc.oneof(fc.constantFrom(...roleIds), id),
  ),
  OperationOutcome: resource('OperationOutcome', {
    issue: fc
      .constantFrom('fatal', 'error', 'warning', 'information')
      .map((severity) => [{ severity, code: 'processing' }]),
  }),
} as const;

/** Resources that have nothing to do with any criterion: adding one must change nothing. */
export const arbitraryUnrelatedResource: fc.Arbitrary<Resource> = fc.oneof(
  resource(
    'Immunization',
    { status: fc.constant('completed'), patient: fc.constant(subject), occurrenceDateTime: arbitraryDateTime },
    id.map((it) => `unrelated-${it}`),
  ),
  resource(
    'AllergyIntolerance',
    { patient: fc.constant(subject), code: fc.constant({ text: 'latex' }) },
    id.map((it) => `unrelated-${it}`),
  ),
  resource(
    'Appointment',
    { status: fc.constant('booked'), participant: fc.constant([{ actor: subject, status: 'accepted' }]) },
    id.map((it) => `unrelated-${it}`),
  ),
  resource(
    'Observation',
    {
      status: fc.constant('final'),
      code: fc.constant({ coding: [{ system: 'http://loinc.org', code: '8867-4', display: 'Heart rate' }] }),
      valueQuantity: fc.integer({ min: 40, max: 180 }).map((value) => ({ value, unit: '/min' })),
      subject: fc.constant(subject),
    },
    id.map((it) => `unrelated-${it}`),
  ),
);

export const arbitraryResource: fc.Arbitrary<Resource> = fc.oneof(
  ...Object.values(arbitraryResourceOf),
  arbitraryUnrelatedResource,
);
