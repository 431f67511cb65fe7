import type { Encounter, Procedure, PractitionerRole, Reference } from 'fhir/r4.js';
import { amsterdamInstant } from './calendar.js';
import { disciplines } from './codings.js';
import type { Encoding } from './encoding.js';
import { complaintId, subjectOf, type SyntheticPatient } from './synthetic-patient.js';
import type { Series, SeriesKind } from './vignettes.js';

/** A POH-GGZ has no code of their own and is known from the forms only. */
export const onFormsOnly = (series: Series): boolean => series.kind === 'poh';

function sessionsAreResources(encoding: Encoding): boolean {
  return encoding.sessions !== 'referral-form' && encoding.sessions !== 'intake-form';
}

function roleOf(kind: SeriesKind): PractitionerRole {
  const { specialty } = disciplines[kind];
  return {
    resourceType: 'PractitionerRole',
    id: `role-${kind}`,
    active: true,
    practitioner: { display: `Testbehandelaar ${kind}` },
    ...(specialty === undefined ? {} : { specialty: [{ coding: [specialty] }] }),
  };
}

/** One session, and the same day at hours that fall on another day in UTC for every other session. */
function performedOn(day: string, at: number, encoding: Encoding): string {
  if (encoding.sessions !== 'instants') return day;
  return at % 2 === 0 ? amsterdamInstant(day, '00:30:00', 'utc') : amsterdamInstant(day, '23:30:00', 'offset');
}

function procedureOf(patient: SyntheticPatient, series: Series, id: string, encoding: Encoding): Procedure {
  const { procedure, content } = disciplines[series.kind];
  const contained = encoding.sessions === 'contained';
  const role = roleOf(series.kind);
  const actor: Reference = { reference: contained ? `#${role.id}` : `PractitionerRole/${role.id}` };
  return {
    resourceType: 'Procedure',
    id,
    ...(contained && series.kind !== 'unknown' ? { contained: [role] } : {}),
    status: 'completed',
    code: procedure === undefined ? { text: content } : { coding: [procedure] },
    subject: subjectOf(patient),
    reasonReference: [{ reference: `Condition/${complaintId}` }],
    ...(series.kind === 'unknown' ? {} : { performer: [{ actor }] }),
  };
}

function encounterOf(patient: SyntheticPatient, series: Series, id: string, day: string): Encounter {
  return {
    resourceType: 'Encounter',
    id,
    status: 'finished',
    class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB' },
    subject: subjectOf(patient),
    reasonReference: [{ reference: `Condition/${complaintId}` }],
    ...(series.kind === 'unknown'
      ? {}
      : { participant: [{ individual: { reference: `PractitionerRole/role-${series.kind}` } }] }),
    period: { start: amsterdamInstant(day, '10:00:00', 'offset'), end: amsterdamInstant(day, '10:30:00', 'offset') },
  };
}

/**
 * The sessions as resources, with the roles that they refer to. A series of which only the first and last day are
 * known is one Procedure over that period: R4 has no element for how many sessions it stands for.
 */
export function encodeSessions(
  patient: SyntheticPatient,
  encoding: Encoding,
): readonly (Procedure | Encounter | PractitionerRole)[] {
  if (!sessionsAreResources(encoding)) return [];
  const inRecord = patient.facts.series.filter((series) => !onFormsOnly(series));
  const kinds = [...new Set(inRecord.map((series) => series.kind))].filter((kind) => kind !== 'unknown');
  const roles = encoding.sessions === 'contained' ? [] : kinds.map(roleOf);
  const events = inRecord.flatMap((series, row): (Procedure | Encounter)[] => {
    const id = `${series.kind}-${row + 1}`;
    if (series.sessions === undefined) {
      const period = {
        ...(series.first === undefined ? {} : { start: performedOn(series.first, 0, encoding) }),
        ...(series.last === undefined ? {} : { end: performedOn(series.last, 1, encoding) }),
      };
      return [{ ...procedureOf(patient, series, id, encoding), performedPeriod: period }];
    }
    return series.sessions.map((day, at) =>
      encoding.sessions === 'encounters'
        ? encounterOf(patient, series, `${id}-${at + 1}`, day)
        : {
            ...procedureOf(patient, series, `${id}-${at + 1}`, encoding),
            performedDateTime: performedOn(day, at, encoding),
          },
    );
  });
  return [...roles, ...events];
}
