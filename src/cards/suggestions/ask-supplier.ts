import { referenceIn, type Resource } from '../../schemas/resource.js';
import type { SuggestionPlan } from '../library.js';
import { say } from '../message.js';
import type { Situation } from '../situation.js';
import { findableFrom, findableName } from './findable.js';
import type { Proposal } from './proposal.js';

/**
 * A draft message to the one who referred, for the data that only they can supply; nothing when nothing of theirs is
 * missing.
 */
export function askSupplier(
  { language, missing, assessment, order, record, referral, values }: Situation,
  { file, messages }: Extract<SuggestionPlan, { build: 'ask-supplier' }>,
): Proposal | undefined {
  const data = missing.filter(({ supplier }) => supplier === file.supplier);
  if (data.length === 0) return undefined;
  const named = { ...values, count: data.length, missing: data.map(({ term }) => term).join('; ') };
  const description = say(messages['description']!, language, named);
  const contentString = say(messages['message']!, language, named);
  if (description === undefined || contentString === undefined) return undefined;
  const about = [...new Set([referral ?? order, order].map((request) => findableName(request, record)))].flatMap(
    (reference) => (reference === undefined ? [] : [{ reference }]),
  );
  const recipient = requesterOf(referral, record);
  const resource = {
    resourceType: 'CommunicationRequest',
    status: 'draft',
    subject: { reference: assessment.subject },
    ...(about.length === 0 ? {} : { about }),
    payload: [{ contentString }],
    authoredOn: assessment.asOf,
    ...(recipient === undefined ? {} : { recipient: [{ reference: recipient }] }),
    reasonCode: [{ text: file.reason[language] }],
  };
  return { actions: [{ type: 'create', description, resource }], values: named };
}

function requesterOf(referral: Resource | undefined, record: Situation['record']): string | undefined {
  return referral === undefined ? undefined : findableFrom(referral, referenceIn(referral['requester']), record);
}
