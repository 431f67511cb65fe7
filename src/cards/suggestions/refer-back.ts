import { referenceIn, type Resource } from '../../schemas/resource.js';
import { partsOf } from '../blocks/criteria-block.js';
import type { SuggestionPlan } from '../library.js';
import { say } from '../message.js';
import { sentenceFor, type Situation, titleOf } from '../situation.js';
import { turningPart } from '../turning-part.js';
import { findableName } from './findable.js';
import type { Proposal } from './proposal.js';
import { withoutEmpty } from './without-empty.js';

/** Why the patient is treated: carried over from the withdrawn draft to the new one. */
const CARRIED_OVER = ['reasonReference', 'reasonCode'] as const;

/**
 * The draft withdrawn, and a draft request to the first line in its place that says what is still to be done: of the one
 * part on which the criterion turns where there is one, since the others are not asked for then. Only where the named
 * criterion is not met and the draft can be named.
 */
export function referBack(
  situation: Situation,
  { file, messages }: Extract<SuggestionPlan, { build: 'refer-back' }>,
): Proposal | undefined {
  const { language, order, record, assessment, byId, values } = situation;
  const verdict = byId.get(file.criterion);
  const resourceId = findableName(order, record);
  if (verdict?.status !== 'not-met' || resourceId === undefined) return undefined;
  const turning = turningPart(situation, verdict);
  const parts = partsOf(situation, verdict)
    .filter((part) => part.status !== 'met' && (turning === undefined || part === turning))
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
    ...carriedOver(order, record),
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

/** The reasons of the order, with what they refer to in the order itself; a reason that refers to nothing there stays behind. */
function carriedOver(order: Resource, record: Situation['record']): Readonly<Record<string, unknown>> {
  const contained = new Set<Resource>();
  const reasons = CARRIED_OVER.flatMap((element) => {
    const value = order[element];
    if (!Array.isArray(value)) return [];
    const kept = withoutEmpty((value as readonly unknown[]).filter((reason) => isWhole(reason, order, record)));
    return kept === undefined ? [] : [[element, kept] as const];
  });
  const open: unknown[] = reasons.map(([, value]) => value);
  for (const part of open) {
    for (const resource of containedFor(part, order, record)) {
      if (contained.has(resource)) continue;
      contained.add(resource);
      open.push(resource);
    }
  }
  return {
    ...Object.fromEntries(reasons),
    ...(contained.size === 0 ? {} : { contained: withoutEmpty([...contained]) }),
  };
}

function isWhole(reason: unknown, order: Resource, record: Situation['record']): boolean {
  const reference = referenceIn(reason);
  return reference === undefined || !reference.startsWith('#') || record.resolve(reference, order) !== undefined;
}

const REFERENCE_WITHIN = /"reference":"(#[^"\\]+)"/g;

function containedFor(part: unknown, order: Resource, record: Situation['record']): readonly Resource[] {
  const references = [...JSON.stringify(part).matchAll(REFERENCE_WITHIN)].map((match) => match[1]!);
  return references.flatMap((reference) => record.resolve(reference, order) ?? []);
}
