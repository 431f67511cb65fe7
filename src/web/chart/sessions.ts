import type { PractitionerRole, Procedure, QuestionnaireResponse } from 'fhir/r4';
import { ofType, type Resource } from '../api/resource';
import { isForm } from './questionnaire-name';

export type Discipline = 'physiotherapy' | 'psychology' | 'psychosomatic' | 'other';

/** A treatment as a dot (one session) or a bar (a series) in time. */
export interface Session {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  /** Whether a visitor added it. */
  readonly added: boolean;
}

/** What one kind of therapist did, in time. */
export interface Lane {
  readonly discipline: Discipline;
  readonly source: 'record' | 'form';
  readonly sessions: readonly Session[];
  /** As a form says; the sessions of the record speak for themselves. */
  readonly statedNumber?: number;
}

/** Ids of the sessions that a visitor added begin with this. */
export const ADDED = 'added-';

/** Vektis COD016 of the providers in the synthetic records. */
const BY_SPECIALTY: Readonly<Record<string, Discipline>> = {
  '0401': 'physiotherapy',
  '0409': 'psychosomatic',
  '9406': 'psychology',
};
const BY_ANSWER: Readonly<Record<string, Discipline>> = {
  physiotherapy: 'physiotherapy',
  psychologist: 'psychology',
  'poh-ggz': 'psychology',
  'psychosomatic-physiotherapy': 'psychosomatic',
  'psychosomatic-exercise-therapy': 'psychosomatic',
  'psychosomatic-occupational-therapy': 'psychosomatic',
};

/** Which kind of therapist a procedure was done by, as far as its performer tells. */
export function disciplineOf(procedure: Procedure, roles: readonly PractitionerRole[]): Discipline {
  const reference = procedure.performer?.[0]?.actor.reference ?? '';
  const contained = procedure.contained?.find(({ id }) => `#${id ?? ''}` === reference);
  const role =
    (contained as PractitionerRole | undefined) ?? roles.find(({ id }) => `PractitionerRole/${id ?? ''}` === reference);
  const codes = role?.specialty?.flatMap(({ coding }) => coding ?? []) ?? [];
  return codes.map(({ code }) => BY_SPECIALTY[code ?? '']).find((found) => found !== undefined) ?? 'other';
}

/** Every lane of the timeline: what the record holds, then dated series that only a form tells of. */
export function lanesIn(record: readonly Resource[]): readonly Lane[] {
  const roles = ofType(record, 'PractitionerRole');
  const lanes = new Map<Discipline, Session[]>();
  for (const procedure of ofType(record, 'Procedure')) {
    const session = sessionOf(procedure);
    if (session === undefined) continue;
    const discipline = disciplineOf(procedure, roles);
    lanes.set(discipline, [...(lanes.get(discipline) ?? []), session]);
  }
  const recorded = [...lanes].map(([discipline, sessions]): Lane => ({
    discipline,
    source: 'record',
    sessions: sessions.sort((a, b) => (a.from < b.from ? -1 : 1)),
  }));
  const told = ofType(record, 'QuestionnaireResponse').flatMap(lanesInForm);
  return [...recorded, ...told.filter(({ discipline }) => !lanes.has(discipline))];
}

function sessionOf(procedure: Procedure): Session | undefined {
  const from = procedure.performedDateTime ?? procedure.performedPeriod?.start;
  if (from === undefined) return undefined;
  const to = procedure.performedDateTime ?? procedure.performedPeriod?.end ?? from;
  const id = procedure.id ?? '';
  return { id, from: from.slice(0, 10), to: to.slice(0, 10), added: id.startsWith(ADDED) };
}

function lanesInForm(form: QuestionnaireResponse): readonly Lane[] {
  if (!isForm(form.questionnaire)) return [];
  return (form.item ?? []).flatMap((row, index) => {
    if (row.linkId !== 'treatment') return [];
    const answer = (name: string) => row.item?.find(({ linkId }) => linkId === `treatment.${name}`)?.answer?.[0];
    const from = answer('start')?.valueDate;
    const number = answer('sessions')?.valueInteger;
    const lane: Lane = {
      discipline: BY_ANSWER[answer('discipline')?.valueCoding?.code ?? ''] ?? 'other',
      source: 'form',
      sessions:
        from === undefined ? [] : [{ id: `form-${index}`, from, to: answer('end')?.valueDate ?? from, added: false }],
      ...(number === undefined ? {} : { statedNumber: number }),
    };
    return [lane];
  });
}
