import type { Kysely } from 'kysely';
import { CdsError, RETRY_AFTER_SECONDS } from '../errors.js';
import type { FeedbackItem } from '../schemas/feedback.js';
import type { Observer } from '../schemas/observer.js';
import type { DecisionReceipt } from '../schemas/receipt.js';
import { failureCode } from './failure.js';
import { feedbackReport } from './feedback-report.js';
import { feedbackRows, insertFeedback } from './feedback-rows.js';
import { asUuid, ReceiptInsert, selectReceipt } from './receipt-rows.js';
import { ReceiptWriter } from './receipt-writer.js';
import type { ReceiptWriterOptions } from './receipt-writer.js';
import { removeExpired, removeReceipts } from './retention.js';
import type { FeedbackFilter, FeedbackReportRow, Removed, Store, StoreLog } from './store.js';
import type { FeedbackTable, Tables } from './tables.js';
import { TokenClaims } from './token-claims.js';
import { tryWrite } from './try-write.js';

export interface SqlStoreParts {
  readonly db: Kysely<Tables>;
  /** Resolves once the schema is up to date; tries again at every call until it is. */
  readonly prepare: () => Promise<void>;
  /** Leaves nothing on the disk of what was removed. */
  readonly forget: () => Promise<void>;
  /** @throws when what is written would be lost */
  readonly demandThere: () => Promise<void>;
  readonly log: StoreLog;
  readonly observer: Pick<Observer, 'stored'>;
  readonly writer: Omit<ReceiptWriterOptions, 'save' | 'log' | 'observer'>;
}

/** The store over any database that Kysely speaks; nothing here knows which one it is. */
export class SqlStore implements Store {
  readonly #parts: SqlStoreParts;
  readonly #writer: ReceiptWriter;
  readonly #claims: TokenClaims;
  readonly #receipts = new ReceiptInsert();
  #feedbackFails = false;
  /** Something was removed that may still stand on the disk. */
  #toForget = false;

  constructor(parts: SqlStoreParts) {
    this.#parts = parts;
    this.#writer = new ReceiptWriter({
      ...parts.writer,
      log: parts.log,
      observer: parts.observer,
      save: (receipts) => this.saveReceipts(receipts),
    });
    this.#claims = new TokenClaims(() => this.#db());
  }

  enqueueReceipts(receipts: readonly DecisionReceipt[]): void {
    this.#writer.enqueue(receipts);
  }

  async saveReceipts(receipts: readonly DecisionReceipt[]): Promise<void> {
    const db = await this.#db();
    await db.transaction().execute((trx) => this.#receipts.run(trx, receipts));
  }

  async findReceipt(asked: string): Promise<DecisionReceipt | undefined> {
    const cardUuid = asUuid(asked);
    return this.#writer.pending(cardUuid) ?? selectReceipt(await this.#db(), cardUuid);
  }

  async saveFeedback(clientId: string, items: readonly FeedbackItem[], receivedAtMs: number): Promise<void> {
    // What cannot be made a row of is the batch's own fault, which no later try mends.
    const rows = feedbackRows(items, receivedAtMs);
    try {
      try {
        await this.#writeFeedback(clientId, rows);
      } catch (error) {
        if (!isUnknownCard(error)) throw error;
        // The card may come from another worker, whose queue is written within moments.
        await new Promise((resolve) => setTimeout(resolve, 3 * this.#parts.writer.flushEveryMs));
        await this.#writeFeedback(clientId, rows);
      }
      this.#feedbackFails = false;
      this.#parts.observer.stored('feedback', 'ok', items.length);
    } catch (error) {
      if (isUnknownCard(error)) throw error;
      this.#feedbackFails = true;
      this.#parts.observer.stored('feedback', 'failed', items.length);
      throw new CdsError(
        'FEEDBACK_NOT_STORED',
        'The feedback could not be stored now. Send the same batch again later: nothing is counted twice.',
        { retryAfterSeconds: RETRY_AFTER_SECONDS.store, detail: failureCode(error) },
      );
    }
  }

  async report(filter: FeedbackFilter): Promise<readonly FeedbackReportRow[]> {
    return feedbackReport(await this.#db(), filter);
  }

  async deleteClient(clientId: string): Promise<Removed> {
    // Receipts of this client may wait here or be under way: they have to be there before they can go.
    await this.#writer.flush();
    return this.#forgotten(await removeReceipts(await this.#db(), { clientId }));
  }

  async applyRetention(
    nowMs: number,
    perClientDays: ReadonlyMap<string, number>,
    otherDays: number,
    signal?: AbortSignal,
  ): Promise<Removed> {
    return this.#forgotten(await removeExpired(await this.#db(), nowMs, perClientDays, otherDays, signal));
  }

  claim(issuer: string, jti: string, expiresAtMs: number): Promise<boolean> {
    return this.#claims.claim(issuer, jti, expiresAtMs);
  }

  async ready(): Promise<boolean> {
    try {
      const db = await this.#db();
      await db.selectFrom('receipt').select('card_uuid').limit(1).execute();
      if (this.#writer.failing) return false;
      // Feedback is sent again by its client, perhaps much later: whether it could be stored by now is tried here.
      if (this.#feedbackFails) await tryWrite(db);
      this.#feedbackFails = false;
      return true;
    } catch {
      return false;
    }
  }

  async close(): Promise<void> {
    await this.#writer.close();
    await this.#parts.db.destroy();
  }

  async #forgotten(removed: Removed): Promise<Removed> {
    this.#toForget ||= removed.receipts > 0;
    if (!this.#toForget) return removed;
    this.#toForget = false;
    try {
      await this.#parts.forget();
    } catch (error) {
      this.#toForget = true;
      throw error;
    }
    return removed;
  }

  async #writeFeedback(clientId: string, rows: readonly FeedbackTable[]): Promise<void> {
    // Feedback is worth nothing without the receipt it is about: that goes to disk first.
    await this.#writer.flush(rows.map(({ card_uuid }) => card_uuid));
    const db = await this.#db();
    await db.transaction().execute((trx) => insertFeedback(trx, clientId, rows));
  }

  async #db(): Promise<Kysely<Tables>> {
    await this.#parts.prepare();
    await this.#parts.demandThere();
    return this.#parts.db;
  }
}

function isUnknownCard(error: unknown): boolean {
  return error instanceof CdsError && error.code === 'FEEDBACK_CARD_UNKNOWN';
}
