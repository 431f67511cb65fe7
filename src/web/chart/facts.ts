import type { QuestionnaireResponse, QuestionnaireResponseItem } from 'fhir/r4';
import { ofType, type Resource } from '../api/resource';
import { addedSessions } from './added-sessions';
import { isForm, questionnaireName } from './questionnaire-name';
import { disciplineOf } from './sessions';

/** What a visitor changed about a patient; everything else stands as the chart has it. */
export interface Facts {
  /** Day for which the service answers, `YYYY-MM-DD`. */
  readonly today: string;
  /** Day of the referral, `YYYY-MM-DD`; absent: as recorded. */
  readonly referredOn?: string;
  /** Sessions of physiotherapy beside those recorded. */
  readonly extraPhysiotherapy: number;
  readonly psychology: 'as-recorded' | 'recorded' | 'not-recorded' | 'not-had';
  /** Questionnaires taken out of the chart, by the last part of their canonical. */
  readonly removedQuestionnaires: readonly string[];
  /** Whether the EHR fails to give treatments to the service. */
  readonly treatmentsUnavailable: boolean;
}

export const ADDED_PSYCHOLOGY_SESSIONS = 8;

export function factsAsRecorded(today: string): Facts {
  return {
    today,
    extraPhysiotherapy: 0,
    psychology: 'as-recorded',
    removedQuestionnaires: [],
    treatmentsUnavailable: false,
  };
}

/** The record with the changed facts; the record itself stays as it is. */
export function applyFacts(record: readonly Resource[], facts: Facts): readonly Resource[] {
  const { psychology, removedQuestionnaires, referredOn } = facts;
  let changed = record.filter((resource) => !isRemovedQuestionnaire(resource, removedQuestionnaires));
  const roles = ofType(record, 'PractitionerRole');
  if (psychology !== 'as-recorded') {
    changed = changed
      .filter((resource) => resource.resourceType !== 'Procedure' || disciplineOf(resource, roles) !== 'psychology')
      .map((resource) => (resource.resourceType === 'QuestionnaireResponse' ? withoutPsychology(resource) : resource));
  }
  if (psychology === 'not-had') changed = changed.map(declareNoPsychology);
  if (referredOn !== undefined) {
    changed = changed.map((resource) =>
      resource.resourceType === 'ServiceRequest' ? { ...resource, authoredOn: referredOn } : resource,
    );
  }
  const latest = [
    facts.today,
    ...ofType(changed, 'ServiceRequest').map(({ authoredOn }) => authoredOn ?? facts.today),
  ].sort()[0];
  return [
    ...changed,
    ...addedSessions(changed, 'physiotherapy', facts.extraPhysiotherapy, latest ?? facts.today),
    ...addedSessions(
      changed,
      'psychology',
      psychology === 'recorded' ? ADDED_PSYCHOLOGY_SESSIONS : 0,
      latest ?? facts.today,
    ),
  ];
}

/** A total speaks of the same questionnaire when its code begins with that name (`hads-anxiety`, `pdi`). */
function isRemovedQuestionnaire(resource: Resource, removed: readonly string[]): boolean {
  if (resource.resourceType === 'QuestionnaireResponse')
    return removed.includes(questionnaireName(resource.questionnaire));
  if (resource.resourceType !== 'Observation') return false;
  const code = resource.code.coding?.[0]?.code ?? '';
  return removed.some((name) => code.startsWith(name.replace('sf-12', 'sf12').replace('-scale', '')));
}

const PSYCHOLOGICAL = ['psychologist', 'poh-ggz'];
const ANSWERS = 'https://imsr-cds.example/fhir/CodeSystem/imsr-answer';

function withoutPsychology(form: QuestionnaireResponse): QuestionnaireResponse {
  if (form.item === undefined) return form;
  const item = form.item.filter((row) => !saysPsychology(row)).map(withoutDeclaration);
  return { ...form, item: item.filter((row) => row.linkId !== 'no-treatment' || (row.answer ?? []).length > 0) };
}

function saysPsychology(row: QuestionnaireResponseItem): boolean {
  const discipline = row.item?.find(({ linkId }) => linkId === 'treatment.discipline')?.answer?.[0]?.valueCoding?.code;
  return row.linkId === 'treatment' && discipline !== undefined && PSYCHOLOGICAL.includes(discipline);
}

function withoutDeclaration(row: QuestionnaireResponseItem): QuestionnaireResponseItem {
  if (row.linkId !== 'no-treatment') return row;
  return { ...row, answer: (row.answer ?? []).filter(({ valueCoding }) => valueCoding?.code !== 'psychological') };
}

function declareNoPsychology(resource: Resource): Resource {
  if (resource.resourceType !== 'QuestionnaireResponse') return resource;
  if (!isForm(resource.questionnaire)) return resource;
  const answer = { valueCoding: { system: ANSWERS, code: 'psychological' } };
  const items = resource.item ?? [];
  const declared = items.some(({ linkId }) => linkId === 'no-treatment')
    ? items.map((row) => (row.linkId === 'no-treatment' ? { ...row, answer: [...(row.answer ?? []), answer] } : row))
    : [...items, { linkId: 'no-treatment', answer: [answer] }];
  return { ...resource, item: declared };
}
