import { createHash } from 'node:crypto';
import type { Transaction } from 'kysely';
import { CdsError, MAX_ISSUES } from '../errors.js';
import type { FeedbackItem } from '../schemas/feedback.js';
import { utcInstantMs } from '../schemas/feedback.js';
import { isObject } from '../schemas/json-object.js';
import { asUuid, selectOwners } from './receipt-rows.js';
import type { FeedbackTable, Tables } from './tables.js';

const ROWS_PER_STATEMENT = 100;

/** The same item gives the same text, whatever the order of its fields. */
function canonicalText(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    isObject(inner) ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1))) : inner,
  );
}

function rowOf(item: FeedbackItem, position: number, receivedAtMs: number): FeedbackTable {
  const card = asUuid(item.card);
  return {
    feedback_key: createHash('sha256')
      .update(canonicalText({ ...item, card }))
      .digest('hex'),
    card_uuid: card,
    outcome: item.outcome,
    // A clock that is ahead does not make a report the last one for good.
    outcome_at_ms: Math.min(utcInstantMs(item.outcomeTimestamp) ?? receivedAtMs, receivedAtMs),
    received_at_ms: receivedAtMs,
    position,
    body: JSON.stringify(item),
  };
}

/**
 * A batch of feedback as rows, in the order of its items.
 *
 * @param receivedAtMs milliseconds since the epoch
 * @throws RangeError when an item is nested deeper than can be followed
 */
export function feedbackRows(items: readonly FeedbackItem[], receivedAtMs: number): readonly FeedbackTable[] {
  return items.map((item, position) => rowOf(item, position, receivedAtMs));
}

/**
 * Writes a batch inside a transaction, after checking that each card was given to this client.
 *
 * A card of another client is answered exactly as one that does not exist: a client learns nothing about the others.
 *
 * @param rows in the order of the batch's items
 * @throws FEEDBACK_CARD_UNKNOWN with the places of the first 50 such items; the transaction is then to be rolled back
 */
export async function insertFeedback(
  trx: Transaction<Tables>,
  clientId: string,
  rows: readonly FeedbackTable[],
): Promise<void> {
  const owners = await selectOwners(
    trx,
    rows.map(({ card_uuid }) => card_uuid),
  );
  const issues = rows.flatMap(({ card_uuid }, index) =>
    owners.get(card_uuid) === clientId
      ? []
      : [{ path: `feedback[${index}].card`, expected: 'the uuid of a card that this client received' }],
  );
  if (issues.length > 0) {
    throw new CdsError(
      'FEEDBACK_CARD_UNKNOWN',
      'The feedback names a card that this client did not receive; nothing of it was stored.',
      { issues: issues.slice(0, MAX_ISSUES) },
    );
  }
  // Sorted by key, so that the same batch sent twice at once, in any order, waits and does not deadlock.
  const sorted = [...rows].sort((a, b) => (a.feedback_key < b.feedback_key ? -1 : 1));
  for (let start = 0; start < sorted.length; start += ROWS_PER_STATEMENT) {
    await trx
      .insertInto('feedback')
      .values(sorted.slice(start, start + ROWS_PER_STATEMENT))
      .onConflict((conflict) => conflict.column('feedback_key').doNothing())
      .execute();
  }
}
