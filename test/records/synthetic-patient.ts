import type { CodeableConcept, Condition, MedicationStatement, Patient } from 'fhir/r4.js';
import { ATC, BASE } from './codings.js';
import type { Diagnoses } from './diagnoses.js';
import type { InstrumentFacts, VignetteFacts } from './vignettes.js';

/** Everything the encoder needs about one invented person. */
export interface SyntheticPatient {
  /** FHIR id of the Patient; other ids are derived from it where they must differ between patients. */
  readonly id: string;
  readonly family: string;
  readonly gender: 'female' | 'male';
  readonly facts: VignetteFacts;
  readonly diagnoses: Diagnoses;
  readonly asOf: string;
  readonly referredOn: string;
  /** Oxycodone twice a day, in mg per intake; absent when not used. */
  readonly oxycodoneMg?: number;
  /** Older measurements, as totals, for the score history. */
  readonly earlier?: readonly { readonly on: string; readonly instr: InstrumentFacts }[];
}

export const subjectOf = (patient: SyntheticPatient) => ({ reference: `Patient/${patient.id}` });
export const complaintId = 'pain';

export function encodePatient(patient: SyntheticPatient): Patient {
  return {
    resourceType: 'Patient',
    id: patient.id,
    meta: { tag: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActReason', code: 'HTEST' }] },
    identifier: [{ system: `${BASE}/NamingSystem/synthetic-patient`, value: patient.id }],
    name: [{ text: `${patient.family} (synthetic)`, family: patient.family }],
    gender: patient.gender,
    ...(patient.facts.birth === null ? {} : { birthDate: patient.facts.birth }),
  };
}

export function encodeConditions(patient: SyntheticPatient): readonly Condition[] {
  const { facts, diagnoses } = patient;
  const condition = (id: string, code: CodeableConcept, status: string): Condition => ({
    resourceType: 'Condition',
    id,
    clinicalStatus: {
      coding: [{ system: 'http://terminology.hl7.org/CodeSystem/condition-clinical', code: status }],
    },
    verificationStatus: {
      coding: [{ system: 'http://terminology.hl7.org/CodeSystem/condition-ver-status', code: 'confirmed' }],
    },
    category: [
      {
        coding: [{ system: 'http://terminology.hl7.org/CodeSystem/condition-category', code: 'problem-list-item' }],
      },
    ],
    code,
    subject: subjectOf(patient),
  });
  return [
    {
      ...condition(complaintId, diagnoses.complaint, facts.recurrent === true ? 'recurrence' : 'active'),
      ...(facts.onset === null ? {} : { onsetDateTime: facts.onset }),
    },
    ...diagnoses.others.map((code, at) => condition(`other-${at + 1}`, code, 'active')),
  ];
}

export function encodeMedication(patient: SyntheticPatient): readonly MedicationStatement[] {
  if (patient.oxycodoneMg === undefined) return [];
  return [
    {
      resourceType: 'MedicationStatement',
      id: 'oxycodone',
      status: 'active',
      medicationCodeableConcept: { coding: [{ system: ATC, code: 'N02AA05', display: 'oxycodone' }] },
      subject: subjectOf(patient),
      effectivePeriod: { start: '2025-06-01' },
      dosage: [
        {
          text: `2 dd ${patient.oxycodoneMg} mg`,
          timing: { repeat: { frequency: 2, period: 1, periodUnit: 'd' } },
          asNeededBoolean: false,
          route: { coding: [{ system: 'http://snomed.info/sct', code: '26643006', display: 'Oral route' }] },
          doseAndRate: [
            {
              doseQuantity: {
                value: patient.oxycodoneMg,
                unit: 'mg',
                system: 'http://unitsofmeasure.org',
                code: 'mg',
              },
            },
          ],
        },
      ],
    },
  ];
}
