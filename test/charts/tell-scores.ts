import type { Observation, QuestionnaireResponse, QuestionnaireResponseItem, Resource } from 'fhir/r4.js';
import { addDays } from '../records/calendar.js';
import { BASE, ORDINAL_VALUE, score, SNOMED } from '../records/codings.js';
import { spread } from '../records/encode-instruments.js';
import type { Story } from './story.js';
import { subject } from './tell-diagnoses.js';
import type { Telling } from './telling.js';

const ICF = 'http://hl7.org/fhir/sid/icf-nl';

function observation(id: string, code: Observation['code'], on: string, value: object): Observation {
  return { resourceType: 'Observation', id, status: 'final', code, subject, effectiveDateTime: on, ...value };
}

function answered(on: string, name: string, items: readonly QuestionnaireResponseItem[]): QuestionnaireResponse {
  return {
    resourceType: 'QuestionnaireResponse',
    id: `answers-${name}`,
    questionnaire: `${BASE}/Questionnaire/${name}`,
    status: 'completed',
    subject,
    authored: on,
    item: [...items],
  };
}

/** The questionnaires as the patient filled them in, item by item; as numbers, or as codes that bear their weight. */
function questionnaires({ scores }: Story, on: string, weights: boolean): readonly Resource[] {
  const one = (linkId: string, value: number): QuestionnaireResponseItem => ({
    linkId,
    answer: [
      weights
        ? { valueCoding: { code: `a${value}`, extension: [{ url: ORDINAL_VALUE, valueDecimal: value }] } }
        : { valueInteger: value },
    ],
  });
  const numbered = (name: string, values: readonly number[] | undefined) =>
    values === undefined
      ? []
      : [
          answered(
            on,
            name,
            values.map((value, at) => one(`${at + 1}`, value)),
          ),
        ];
  const [anxiety, depression] = (scores.hads ?? []).map((total) => spread(total, 7, 3));
  return [
    ...(scores.generalPainQuestionnaire
      ? [answered(on, 'general-pain-questionnaire', [{ linkId: '1', answer: [{ valueString: 'ingevuld' }] }])]
      : []),
    ...numbered('pdi', scores.pdi === undefined ? undefined : spread(scores.pdi, 7, 10)),
    ...(scores.psk === undefined
      ? []
      : [
          answered(
            on,
            'psk',
            scores.psk.map((value) => ({ linkId: 'complaint', item: [one('complaint.score', value)] })),
          ),
        ]),
    ...numbered('sf-12', scores.sf12),
    ...numbered(
      'hads',
      anxiety?.flatMap((value, at) => [value, depression![at]!]),
    ),
    ...numbered(
      'pain-catastrophizing-scale',
      scores.catastrophizing === undefined ? undefined : spread(scores.catastrophizing, 13, 4),
    ),
    ...numbered('work-ability', scores.workAbility === undefined ? undefined : [scores.workAbility]),
  ];
}

/** The totals alone, as a hospital's EHR keeps them. */
function totals({ scores }: Story, on: string, pick: number): readonly Resource[] {
  const own = (code: string, value: number | undefined, coding = [score(code)]) =>
    value === undefined
      ? []
      : [
          observation(
            code,
            { coding },
            on,
            pick % 2 === 0 ? { valueQuantity: { value, unit: 'score' } } : { valueInteger: value },
          ),
        ];
  const sct = (code: string) => (pick % 3 === 0 ? [{ system: SNOMED, code }] : undefined);
  return [
    ...(scores.generalPainQuestionnaire
      ? [observation('gpq', { coding: [score('general-pain-questionnaire')] }, on, { valueBoolean: true })]
      : []),
    ...own('pdi', scores.pdi),
    ...own(
      'psk',
      scores.psk === undefined
        ? undefined
        : Math.round(scores.psk.reduce((sum, one) => sum + one, 0) / scores.psk.length),
    ),
    // The two weighted sums of the SF-12 are told by whoever worked them out.
    ...own('sf12-physical', scores.sf12 === undefined ? undefined : 32),
    ...own('sf12-mental', scores.sf12 === undefined ? undefined : 41),
    ...own('hads-anxiety', scores.hads?.[0], sct('401319005')),
    ...own('hads-depression', scores.hads?.[1], sct('401320004')),
    ...own('pain-catastrophizing', scores.catastrophizing),
    ...own('work-ability', scores.workAbility),
  ];
}

/** The impairments in terms of the ICF, where they are not on the form; what is not impaired is said there. */
function functions(story: Story, on: string): readonly Resource[] {
  const impaired = (question: keyof Story['answers'], code: string) =>
    story.answers[question] === true
      ? [observation(code, { coding: [{ system: ICF, code }] }, on, { valueInteger: 2 })]
      : [];
  return [
    ...impaired('movement-function-impaired', 'b730'),
    ...impaired('cognitive-emotional-function-impaired', 'b152'),
  ];
}

/** What was measured, a week before the assessment. */
export function tellScores(story: Story, telling: Telling): readonly Resource[] {
  const on = addDays(story.assessedOn, -7);
  return [
    ...(telling.scores === 'totals'
      ? totals(story, on, telling.pick)
      : questionnaires(story, on, telling.scores === 'weights')),
    ...(telling.functions === 'icf' ? functions(story, on) : []),
    ...(telling.wpn === 'observation' && story.wpnLevel !== undefined
      ? [observation('wpn-level', { coding: [score('wpn-level')] }, on, { valueInteger: story.wpnLevel })]
      : []),
  ];
}
