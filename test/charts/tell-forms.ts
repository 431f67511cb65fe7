import type { QuestionnaireResponse, QuestionnaireResponseItem } from 'fhir/r4.js';
import { answer, BASE } from '../records/codings.js';
import type { Part } from './verdicts-of-story.js';
import { PART } from './verdicts-of-story.js';
import type { Story } from './story.js';
import { tellRow } from './tell-courses.js';
import { beginOnForm, recurrenceOnForm, subject } from './tell-diagnoses.js';
import type { Telling } from './telling.js';

const item = (linkId: string, ...values: readonly object[]): readonly QuestionnaireResponseItem[] =>
  values.length === 0 ? [] : [{ linkId, answer: [...values] }];
const truth = (linkId: string, value: boolean | undefined) =>
  item(linkId, ...(value === undefined ? [] : [{ valueBoolean: value }]));
const choice = (linkId: string, ...codes: readonly (string | undefined)[]) =>
  item(linkId, ...codes.filter((code) => code !== undefined).map((code) => ({ valueCoding: answer(code) })));
const date = (linkId: string, day: string | undefined) =>
  item(linkId, ...(day === undefined ? [] : [{ valueDate: day }]));

function form(id: string, authored: string, items: readonly QuestionnaireResponseItem[]): QuestionnaireResponse {
  return {
    resourceType: 'QuestionnaireResponse',
    id,
    questionnaire: `${BASE}/Questionnaire/${id}`,
    status: 'completed',
    subject,
    authored,
    item: [...items],
  };
}

/** What either form asks: the first line, and the pain. */
function firstLine(story: Story, telling: Telling): readonly QuestionnaireResponseItem[] {
  const had = new Set(story.courses.map(({ discipline }) => PART[discipline]));
  const parts: readonly Part[] = ['physical', 'psychological', 'psychosomatic'];
  return [
    ...story.courses.map((course) => tellRow(story, telling, course)),
    ...choice('no-treatment', ...(story.noOtherTreatment ? parts.filter((part) => !had.has(part)) : [])),
    ...choice('first-line-result', story.firstLine),
    ...truth('movement-influence', story.movementInfluence),
    ...date('pain-onset', beginOnForm(story, telling) ? story.began : undefined),
    ...truth('pain-recurrent', recurrenceOnForm(story, telling) ? story.recurs : undefined),
  ];
}

/** The referrer's form. */
export function tellReferralForm(story: Story, telling: Telling): QuestionnaireResponse {
  return form('imsr-referral-form', story.referredOn, [
    ...firstLine(story, telling),
    ...truth('first-line-exhausted', story.exhausted),
  ]);
}

export function tellIntakeForm(story: Story, telling: Telling): QuestionnaireResponse {
  const onForm = (question: string) =>
    telling.functions === 'form' ||
    !['movement-function-impaired', 'cognitive-emotional-function-impaired'].includes(question);
  return form('imsr-intake-form', story.assessedOn, [
    ...(telling.sessions === 'intake-form' ? firstLine(story, telling) : []),
    ...Object.entries(story.answers).flatMap(([question, given]) =>
      onForm(question) || given === false ? truth(question, given) : [],
    ),
    ...story.texts.flatMap((text) => item(text, { valueString: 'Uitgevraagd en beschreven (synthetisch)' })),
    ...choice('participation-problem', story.participation),
    ...choice('core-problem', story.coreProblem),
    ...choice('treatment-direction', ...story.directions),
    ...choice('report.pain-mechanism', story.painMechanism),
    ...(story.wpnLevel === undefined || telling.wpn === 'observation'
      ? []
      : item('wpn-level', { valueInteger: story.wpnLevel })),
    ...choice('indicated-by', story.indicatedBy),
    ...date('indicated-on', story.indicatedOn),
    ...date('treatment-start', story.treatmentStart),
  ]);
}
