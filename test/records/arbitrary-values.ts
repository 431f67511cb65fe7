import fc from 'fast-check';
import { BASE, COD016, ICD10, ICPC, ORDINAL_VALUE, SNOMED, answer } from './codings.js';

/** The one patient that all generated resources are about. */
export const subject = { reference: 'Patient/generated' };

/** Mostly present, sometimes absent: how elements occur in real records. */
export const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined, freq: 4 });
export const id = fc.stringMatching(/^[a-z][a-z0-9-]{0,11}$/);

export const arbitraryDay: fc.Arbitrary<string> = fc
  .integer({ min: Date.parse('2023-01-01') / 86_400_000, max: Date.parse('2027-12-31') / 86_400_000 })
  .map((day) => new Date(day * 86_400_000).toISOString().slice(0, 10));

/** Full days, partial dates and instants with every kind of offset. */
export const arbitraryDateTime: fc.Arbitrary<string> = fc.oneof(
  { weight: 6, arbitrary: arbitraryDay },
  { weight: 1, arbitrary: arbitraryDay.map((day) => day.slice(0, 7)) },
  { weight: 1, arbitrary: arbitraryDay.map((day) => day.slice(0, 4)) },
  {
    weight: 3,
    arbitrary: fc
      .tuple(
        arbitraryDay,
        fc.constantFrom('00:15:00', '12:00:00.123', '23:45:00'),
        fc.constantFrom('Z', '+01:00', '-10:00'),
      )
      .map(([day, time, offset]) => `${day}T${time}${offset}`),
  },
);
export const period = fc.record({ start: maybe(arbitraryDateTime), end: maybe(arbitraryDateTime) });

export const coded = (system: string, ...codes: readonly string[]) => codes.map((code) => ({ system, code }));
export const diagnosisCoding = fc.constantFrom(
  ...coded(SNOMED, '278860009', '203082005', '82423001', '2177002', '49049000', '22298006'),
  ...coded(ICD10, 'M79.7', 'M54.5', 'R10.4', 'R52.2', 'B02.2', 'G20', 'C79.5', 'F32.1', 'I10'),
  ...coded(ICPC, 'L03', 'L18', 'L04', 'N89', 'D01', 'T90'),
  { code: 'L03' },
);
export const specialtyCoding = fc.constantFrom(
  ...coded(COD016, '0401', '0409', '0700', '0704', '8800', '9406', '0101', '0327', '9400', '0305'),
  ...coded('http://fhir.nl/fhir/NamingSystem/uzi-rolcode', '04.000', '90.000', '94.000', '25.000', '88.000', '01.042'),
  { code: '94' },
);
export const concept = <T>(coding: fc.Arbitrary<T>) =>
  fc.oneof(
    { weight: 6, arbitrary: fc.array(coding, { minLength: 1, maxLength: 2 }).map((codings) => ({ coding: codings })) },
    { weight: 1, arbitrary: fc.constant({ text: 'vrije tekst (synthetisch)' }) },
  );
export const roleIds = ['r1', 'r2', 'r3'] as const;
export const roleReference = fc.oneof(
  fc.constantFrom(...roleIds).map((role) => ({ reference: `PractitionerRole/${role}` })),
  fc.constantFrom({ reference: 'PractitionerRole/nowhere' }, { reference: '#inside' }, { display: 'Testbehandelaar' }),
);
export const reason = fc.array(
  fc.constantFrom(
    { reference: 'Condition/pain' },
    { reference: 'Condition/other' },
    { reference: 'Condition/nowhere' },
  ),
  { maxLength: 2 },
);

export const clinicalStatus = fc
  .constantFrom('active', 'recurrence', 'relapse', 'inactive', 'remission', 'resolved')
  .map((code) => ({
    coding: [{ system: 'http://terminology.hl7.org/CodeSystem/condition-clinical', code }],
  }));
export const verificationStatus = fc
  .constantFrom('confirmed', 'provisional', 'unconfirmed', 'refuted', 'entered-in-error')
  .map((code) => ({ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/condition-ver-status', code }] }));
export const eventStatus = fc.constantFrom(
  'completed',
  'in-progress',
  'stopped',
  'not-done',
  'entered-in-error',
  'unknown',
);
export const containedRole = specialtyCoding.map((coding) => [
  { resourceType: 'PractitionerRole', id: 'inside', specialty: [{ coding: [coding] }] },
]);

const answerValue = fc.oneof(
  fc.integer({ min: -1, max: 11 }).map((value) => ({ valueInteger: value })),
  fc.double({ min: 0, max: 10, noNaN: true }).map((value) => ({ valueDecimal: value })),
  fc.integer({ min: 0, max: 6 }).map((value) => ({
    valueCoding: { system: BASE, code: 'x', extension: [{ url: ORDINAL_VALUE, valueDecimal: value }] },
  })),
  fc.boolean().map((value) => ({ valueBoolean: value })),
  arbitraryDay.map((value) => ({ valueDate: value })),
  fc
    .constantFrom('physiotherapy', 'psychologist', 'poh-ggz', 'physical', 'insufficient', 'sufficient', 'none')
    .map((code) => ({
      valueCoding: answer(code),
    })),
  fc.constant({ valueString: 'tekst (synthetisch)' }),
);
const leafIds = [
  '1',
  '2',
  '7',
  '12',
  'complaint.score',
  'treatment.discipline',
  'treatment.sessions',
  'treatment.start',
  'treatment.end',
  'treatment.result',
  'treatment.current-complaint',
  'no-treatment',
  'first-line-result',
  'movement-influence',
  'pain-onset',
  'pain-recurrent',
  'patient-willing',
  'pain-relief-only',
  'wpn-level',
  'indicated-on',
  'treatment-start',
  'participation-problem',
  'medication-impedes',
] as const;
export const leaf = fc
  .tuple(fc.constantFrom(...leafIds), fc.array(answerValue, { maxLength: 2 }))
  .map(([linkId, given]) => ({ linkId, answer: given }));
export const formItem = fc.oneof(
  { weight: 4, arbitrary: leaf },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.constantFrom('treatment', 'complaint', 'layout'), fc.array(leaf, { maxLength: 6 }))
      .map(([linkId, item]) => ({ linkId, item })),
  },
);
