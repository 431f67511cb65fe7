import { createHash } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { Tables } from './tables.js';

interface Claim {
  readonly key: string;
  readonly expiresAtMs: number;
  readonly settle: (first: boolean) => void;
  readonly fail: (error: unknown) => void;
}

const MAX_CLAIMS_PER_STATEMENT = 200;
/** Many times what a busy second brings; beyond it the database is not keeping up. */
const MAX_WAITING = 5_000;

/**
 * Which client tokens were used, over all instances that share the database.
 *
 * Claims that come in while one batch is being committed share the next commit, so that a busy service pays for a commit per batch
 * and not per call. While a database hangs they wait no longer than their callers do, and no more than a bounded number of them.
 */
export class TokenClaims {
  readonly #db: () => Promise<Kysely<Tables>>;
  readonly #waiting = new Set<Claim>();
  #running = false;

  constructor(db: () => Promise<Kysely<Tables>>) {
    this.#db = db;
  }

  /**
   * True for the first claim of this issuer and jti, false for every later one.
   *
   * @param gone aborted when the caller waits no longer: a claim that still waits then is dropped
   * @throws when the database fails, when too many wait, and when the caller has gone
   */
  claim(issuer: string, jti: string, expiresAtMs: number, gone?: AbortSignal): Promise<boolean> {
    if (this.#waiting.size >= MAX_WAITING) return Promise.reject(new Error('too many claims wait for the database'));
    // A hash: issuers and jtis are the caller's text, of any length.
    const key = createHash('sha256')
      .update(JSON.stringify([issuer, jti]))
      .digest('hex');
    return new Promise((settle, fail) => {
      const claim = { key, expiresAtMs: Math.ceil(expiresAtMs), settle, fail };
      this.#waiting.add(claim);
      const drop = (): void => {
        if (this.#waiting.delete(claim)) fail(gone?.reason);
      };
      gone?.addEventListener('abort', drop, { once: true });
      if (!this.#running) void this.#drain();
    });
  }

  async #drain(): Promise<void> {
    this.#running = true;
    while (this.#waiting.size > 0) {
      const batch = this.#takeBatch();
      try {
        const won = await this.#insert(new Map(batch.map(({ key, expiresAtMs }) => [key, expiresAtMs])));
        // Of two claims of one token in the same batch only the one that came first may win.
        for (const { key, settle } of batch) settle(won.delete(key));
      } catch (error) {
        for (const { fail } of batch) fail(error);
      }
    }
    this.#running = false;
  }

  #takeBatch(): readonly Claim[] {
    const batch: Claim[] = [];
    for (const claim of this.#waiting) {
      this.#waiting.delete(claim);
      batch.push(claim);
      if (batch.length === MAX_CLAIMS_PER_STATEMENT) break;
    }
    return batch;
  }

  async #insert(claims: ReadonlyMap<string, number>): Promise<Set<string>> {
    const db = await this.#db();
    const rows = await db.transaction().execute((trx) =>
      trx
        .insertInto('token_claim')
        // Sorted, so that two instances that claim the same tokens wait for each other and do not deadlock.
        .values([...claims].sort().map(([claim_key, expires_at_ms]) => ({ claim_key, expires_at_ms })))
        .onConflict((conflict) => conflict.column('claim_key').doNothing())
        .returning('claim_key')
        .execute(),
    );
    return new Set(rows.map(({ claim_key }) => claim_key));
  }
}
