import type { CodeableConcept, Condition, Patient } from 'fhir/r4.js';
import { amsterdamInstant } from '../records/calendar.js';
import { SNOMED } from '../records/codings.js';
import { BESIDES, coded, OTHERS, PAINS } from './dutch-codes.js';
import type { Course, Story } from './story.js';
import type { Telling } from './telling.js';

export const PATIENT = 'synthetic';
export const subject = { reference: `Patient/${PATIENT}` };
const HL7 = 'http://terminology.hl7.org/CodeSystem';

export function tellPatient({ born, sex }: Story): Patient {
  return {
    resourceType: 'Patient',
    id: PATIENT,
    meta: { tag: [{ system: `${HL7}/v3-ActReason`, code: 'HTEST' }] },
    name: [{ text: 'Testpatiënt (synthetisch)' }],
    gender: sex,
    birthDate: born,
  };
}

export const painCode = ({ pain }: Story, { systems, pick }: Telling): CodeableConcept => {
  const { site: _site, ...diagnosis } = PAINS[pain];
  const told = coded(diagnosis, systems, pick);
  return told.coding === undefined ? coded(diagnosis, ['icd10'], pick) : told;
};

/** What a course that was not for this pain was for: something in another part of the body, or of another organ. */
export function otherOf({ pain }: Story, { discipline }: Course): keyof typeof OTHERS {
  if (discipline === 'psychologist' || pain === 'widespread' || pain === 'back-without-name') return 'incontinence';
  return pain === 'knee' || pain === 'hip' ? 'elbow' : 'ankle';
}

/** Its code, in a system that has one. */
export const otherCode = (story: Story, { systems, pick }: Telling, course: Course): CodeableConcept =>
  coded(OTHERS[otherOf(story, course)], [...systems, 'icd10'], pick);

/** A diagnosis as the profiles of the Dutch zibs have it (nl-core-Problem): statuses in the codes of FHIR and of SNOMED CT. */
function problem(id: string, code: CodeableConcept, status: 'active' | 'recurrence'): Condition {
  return {
    resourceType: 'Condition',
    id,
    meta: { profile: ['http://nictiz.nl/fhir/StructureDefinition/nl-core-Problem'] },
    clinicalStatus: {
      coding: [
        { system: `${HL7}/condition-clinical`, code: status },
        { system: SNOMED, code: '55561003', display: 'Active' },
      ],
    },
    verificationStatus: {
      coding: [
        { system: `${HL7}/condition-ver-status`, code: 'confirmed' },
        { system: SNOMED, code: '410605003', display: 'Confirmed present' },
      ],
    },
    category: [{ coding: [{ system: SNOMED, code: '282291009', display: 'Diagnosis' }] }],
    code,
    subject,
  };
}

const BEGIN: Readonly<Record<Telling['begin'], (day: string) => Partial<Condition>>> = {
  day: (day) => ({ onsetDateTime: day }),
  hour: (day) => ({ onsetDateTime: amsterdamInstant(day, '12:00:00', 'offset') }),
  period: (day) => ({ onsetPeriod: { start: day } }),
  form: () => ({}),
};

/** A code alone tells no place beside it. */
export const reasonIsCode = ({ pain }: Story, { reason }: Telling): boolean =>
  reason === 'code' && PAINS[pain].site === undefined;
/** Where the order names its reason by a code alone, the form tells the begin and the recurrence. */
export const beginOnForm = (story: Story, telling: Telling): boolean =>
  telling.begin === 'form' || reasonIsCode(story, telling);
export const recurrenceOnForm = (story: Story, telling: Telling): boolean =>
  telling.recurrence === 'form' || reasonIsCode(story, telling);

export function tellDiagnoses(story: Story, telling: Telling): readonly Condition[] {
  const { site } = PAINS[story.pain];
  const status = story.recurs && !recurrenceOnForm(story, telling) ? 'recurrence' : 'active';
  const others = new Map(
    story.courses.filter(({ complaint }) => complaint === 'other').map((one) => [otherOf(story, one), one]),
  );
  return [
    {
      ...problem('pain', painCode(story, telling), status),
      ...(site === undefined ? {} : { bodySite: [{ coding: [{ system: SNOMED, code: site }] }] }),
      ...BEGIN[telling.begin](story.began),
    },
    ...[...others].map(([id, course]) => problem(id, otherCode(story, telling, course), 'active')),
    ...(story.besides === undefined
      ? []
      : [problem('besides', coded(BESIDES[story.besides], telling.systems, telling.pick), 'active')]),
  ];
}
