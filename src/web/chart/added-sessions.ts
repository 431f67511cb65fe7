import type { Procedure } from 'fhir/r4';
import { ofType, type Resource } from '../api/resource';
import { addDays } from './days';
import { ADDED, disciplineOf } from './sessions';

interface Kind {
  readonly specialty: string;
  readonly code: { readonly code: string; readonly display: string };
}

const KINDS: Readonly<Record<'physiotherapy' | 'psychology', Kind>> = {
  physiotherapy: { specialty: '0401', code: { code: '91251008', display: 'Physical therapy procedure' } },
  psychology: { specialty: '9406', code: { code: '304891004', display: 'Cognitive behavioural therapy' } },
};
const DAYS_BETWEEN = 14;

/**
 * Sessions that a visitor adds to the chart: a fortnight apart after the last one recorded, or before the first where
 * they would pass the day.
 *
 * @param latest no session is later than this day, `YYYY-MM-DD`
 */
export function addedSessions(
  record: readonly Resource[],
  discipline: 'physiotherapy' | 'psychology',
  number: number,
  latest: string,
): readonly Procedure[] {
  const roles = ofType(record, 'PractitionerRole');
  const recorded = ofType(record, 'Procedure')
    .filter((procedure) => disciplineOf(procedure, roles) === discipline)
    .flatMap(({ performedDateTime }) => (performedDateTime === undefined ? [] : [performedDateTime.slice(0, 10)]))
    .sort();
  const complaint = ofType(record, 'Condition')[0]?.id;
  const patient = ofType(record, 'Patient')[0]?.id ?? '';
  return daysToAdd(recorded, number, latest).map((day, index) => ({
    resourceType: 'Procedure',
    id: `${ADDED}${discipline}-${index + 1}`,
    status: 'completed',
    contained: [
      {
        resourceType: 'PractitionerRole',
        id: 'therapist',
        specialty: [{ coding: [{ system: 'urn:oid:2.16.840.1.113883.2.4.6.7', code: KINDS[discipline].specialty }] }],
      },
    ],
    code: { coding: [{ system: 'http://snomed.info/sct', ...KINDS[discipline].code }] },
    subject: { reference: `Patient/${patient}` },
    performer: [{ actor: { reference: '#therapist' } }],
    performedDateTime: day,
    ...(complaint === undefined ? {} : { reasonReference: [{ reference: `Condition/${complaint}` }] }),
  }));
}

function daysToAdd(recorded: readonly string[], number: number, latest: string): readonly string[] {
  const steps = Array.from({ length: number }, (_, index) => (index + 1) * DAYS_BETWEEN);
  const last = recorded.at(-1);
  const first = recorded[0];
  if (last === undefined || first === undefined) return steps.map((step) => addDays(latest, -step));
  const after = steps.map((step) => addDays(last, step));
  return (after.at(-1) ?? last) <= latest ? after : steps.map((step) => addDays(first, -step));
}
