import type { Bundle, Resource } from 'fhir/r4.js';
import { EHR } from './codings.js';
import { diagnosesOf } from './diagnoses.js';
import { encodeIntakeForm, encodeReferralForm } from './encode-forms.js';
import { encodeInstruments } from './encode-instruments.js';
import { encodeOrders } from './encode-orders.js';
import { encodeSessions } from './encode-sessions.js';
import { plainEncoding, type Encoding } from './encoding.js';
import { encodeConditions, encodeMedication, encodePatient, type SyntheticPatient } from './synthetic-patient.js';
import type { Vignette } from './vignettes.js';

export * from './encoding.js';
export { vignettes, type Vignette } from './vignettes.js';

/** The daily oxycodone that the title of a vignette tells of, in mg per intake, two intakes a day. */
const oxycodone: Readonly<Record<string, number>> = { V73: 40, V75: 40 };

export function patientOf(vignette: Vignette): SyntheticPatient {
  const dose = oxycodone[vignette.id];
  return {
    id: vignette.id.toLowerCase(),
    family: `Testpatiënt ${vignette.id}`,
    gender: Number(vignette.id.slice(1)) % 4 === 1 ? 'female' : 'male',
    facts: vignette.facts,
    diagnoses: diagnosesOf(vignette.id),
    asOf: vignette.asOf,
    referredOn: vignette.referredOn,
    ...(dose === undefined ? {} : { oxycodoneMg: dose }),
  };
}

/** One synthetic patient as a record: a FHIR R4 Bundle of type collection, the draft order in it. */
export function encodeRecord(patient: SyntheticPatient, encoding: Encoding = plainEncoding): Bundle {
  const resources: readonly Resource[] = [
    encodePatient(patient),
    ...encodeOrders(patient, encoding),
    ...encodeConditions(patient),
    ...encodeSessions(patient, encoding),
    ...encodeMedication(patient),
    ...encodeInstruments(patient, encoding),
    encodeReferralForm(patient, encoding),
    ...(encoding.order === 'referral' ? [] : [encodeIntakeForm(patient, encoding)]),
  ];
  return {
    resourceType: 'Bundle',
    type: 'collection',
    entry: resources.map((resource) => ({
      fullUrl: `${EHR}/${resource.resourceType}/${resource.id ?? ''}`,
      resource: resource as NonNullable<Bundle['entry']>[number]['resource'] & object,
    })),
  };
}

/** A vignette in the chosen encoding; the verdicts to expect do not depend on the encoding. */
export function encodeVignette(vignette: Vignette, encoding: Encoding = plainEncoding): Bundle {
  return encodeRecord(patientOf(vignette), encoding);
}
