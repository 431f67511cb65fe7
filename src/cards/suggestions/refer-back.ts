import type { Resource } from '../../schemas/resource.js';
import { partsOf } from '../blocks/criteria-block.js';
import type { SuggestionPlan } from '../library.js';
import { say } from '../message.js';
import { sentenceFor, type Situation, titleOf } from '../situation.js';
import { findableName } from './findable.js';
import type { Proposal } from './suggest.js';

/** Why the patient is treated: carried over from the withdrawn draft to the new one. */
const CARRIED_OVER = ['reasonReference', 'reasonCode'] as const;

/**
 * The draft withdrawn, and a draft request to the first line in its place that says what is still to be done: of the one
 * part that falls short where its figure `shortPart` names that, since the others are not asked for then. Only where the
 * named criterion is not met and the draft can be named.
 */
export function referBack(
  situation: Situation,
  { file, messages }: Extract<SuggestionPlan, { build: 'refer-back' }>,
): Proposal | undefined {
  const { language, order, record, assessment, byId, values } = situation;
  const verdict = byId.get(file.criterion);
  const resourceId = findableName(order, record);
  if (verdict?.status !== 'not-met' || resourceId === undefined) return undefined;
  const { shortPart } = verdict.figures;
  const parts = partsOf(situation, verdict)
    .filter(({ id, status }) => status !== 'met' && (shortPart === undefined || id === shortPart))
    .map((part) => `${titleOf(situation, part.id)}: ${sentenceFor(situation, part)}`)
    .join(' ');
  const text = say(messages['note']!, language, { ...values, parts });
  const withdrawal = say(messages['deleteDescription']!, language, values);
  const description = say(messages['createDescription']!, language, values);
  if (text === undefined || withdrawal === undefined || description === undefined) return undefined;
  const resource: Resource = {
    resourceType: 'ServiceRequest',
    status: 'draft',
    intent: 'order',
    code: { text: file.code[language] },
    subject: { reference: assessment.subject },
    authoredOn: assessment.asOf,
    ...carriedOver(order),
    note: [{ time: assessment.asOf, text }],
  };
  return {
    actions: [
      { type: 'delete', description: withdrawal, resourceId },
      { type: 'create', description, resource },
    ],
    values,
  };
}

function carriedOver(order: Resource): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    CARRIED_OVER.flatMap((element) => {
      const value = order[element];
      return Array.isArray(value) && value.length > 0 ? [[element, value]] : [];
    }),
  );
}
