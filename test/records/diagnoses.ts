import type { CodeableConcept } from 'fhir/r4.js';
import { ICD10, ICPC, SNOMED } from './codings.js';

/** What a patient suffers from: the complaint that the order names first, then what else is active. */
export interface Diagnoses {
  readonly complaint: CodeableConcept;
  readonly others: readonly CodeableConcept[];
  /** The answer on the forms to "does the pain influence the musculoskeletal system"; absent when not asked. */
  readonly movementInfluence?: boolean;
}

const concept = (system: string, code: string, text: string): CodeableConcept => ({
  coding: [{ system, code, display: text }],
  text,
});

export const lowBackPain = concept(SNOMED, '278860009', 'Chronic low back pain');
export const fibromyalgia = concept(SNOMED, '203082005', 'Fibromyalgia');
export const shoulderComplaint = concept(ICPC, 'L08', 'Schouderklachten');
export const migraine = concept(ICPC, 'N89', 'Migraine');
export const abdominalPain = concept(ICD10, 'R10.4', 'Other and unspecified abdominal pain');
export const parkinson = concept(ICD10, 'G20', 'Parkinson disease');
const boneMetastases = concept(ICD10, 'C79.5', 'Secondary malignant neoplasm of bone');
export const postherpeticNeuralgia: CodeableConcept = {
  coding: [
    { system: SNOMED, code: '2177002', display: 'Postherpetic neuralgia' },
    { system: ICD10, code: 'B02.2', display: 'Zoster with other nervous system involvement' },
  ],
  text: 'Postherpetic neuralgia',
};

const common: Diagnoses = { complaint: lowBackPain, others: [] };

/** What the title of a vignette says about the diagnosis; the facts themselves hold no codes. */
const told: Readonly<Record<string, Diagnoses>> = {
  V05: { complaint: fibromyalgia, others: [] },
  V11: { complaint: lowBackPain, others: [migraine] },
  V67: { complaint: abdominalPain, others: [] },
  V69: { complaint: postherpeticNeuralgia, others: [], movementInfluence: false },
  V77: { complaint: shoulderComplaint, others: [parkinson] },
  V79: { complaint: lowBackPain, others: [boneMetastases] },
};

export function diagnosesOf(vignetteId: string): Diagnoses {
  return told[vignetteId] ?? common;
}
