import type { Kysely } from 'kysely';
import type { Removed } from './store.js';
import type { Tables } from './tables.js';

/** Receipts per transaction: short enough that cards and feedback of that moment hardly wait. */
const RECEIPTS_PER_TRANSACTION = 500;

const DAY_MS = 24 * 60 * 60 * 1000;

interface Scope {
  readonly clientId: string;
  /** Only receipts issued before this instant; absent for all of them. */
  readonly beforeMs?: number;
}

/** Removes a client's receipts with the feedback about them, in small transactions; ends before its end when that is asked for. */
export async function removeReceipts(db: Kysely<Tables>, scope: Scope, signal?: AbortSignal): Promise<Removed> {
  let receipts = 0;
  let feedback = 0;
  for (;;) {
    const removed = await db.transaction().execute(async (trx) => {
      let query = trx.selectFrom('receipt').select('card_uuid').where('client_id', '=', scope.clientId);
      if (scope.beforeMs !== undefined) query = query.where('issued_at_ms', '<', scope.beforeMs);
      const cards = (await query.limit(RECEIPTS_PER_TRANSACTION).execute()).map(({ card_uuid }) => card_uuid);
      if (cards.length === 0) return { receipts: 0, feedback: 0 };
      const about = await trx.deleteFrom('feedback').where('card_uuid', 'in', cards).executeTakeFirst();
      const of = await trx.deleteFrom('receipt').where('card_uuid', 'in', cards).executeTakeFirst();
      return { receipts: Number(of.numDeletedRows), feedback: Number(about.numDeletedRows) };
    });
    receipts += removed.receipts;
    feedback += removed.feedback;
    if (removed.receipts === 0 || signal?.aborted === true) return { receipts, feedback, tokens: 0 };
  }
}

/** Removes what is past its term: per client the old receipts with their feedback, and tokens that have expired. */
export async function removeExpired(
  db: Kysely<Tables>,
  nowMs: number,
  perClientDays: ReadonlyMap<string, number>,
  otherDays: number,
  signal?: AbortSignal,
): Promise<Removed> {
  let receipts = 0;
  let feedback = 0;
  const clients = await db.selectFrom('receipt').select('client_id').distinct().execute();
  for (const { client_id: clientId } of clients) {
    if (signal?.aborted === true) break;
    const days = perClientDays.get(clientId) ?? otherDays;
    const removed = await removeReceipts(db, { clientId, beforeMs: nowMs - days * DAY_MS }, signal);
    receipts += removed.receipts;
    feedback += removed.feedback;
  }
  const expired = await db
    .transaction()
    .execute((trx) => trx.deleteFrom('token_claim').where('expires_at_ms', '<', nowMs).executeTakeFirst());
  return { receipts, feedback, tokens: Number(expired.numDeletedRows) };
}
