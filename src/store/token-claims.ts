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
 * and not per call. A claim is written also when its caller went on without it, for the other instances; of those that wait for a
 * database that hangs there are no more than a bounded number.
 */
export class TokenClaims {
  readonly #db: () => Promise<Kysely<Tables>>;
  readonly #waiting: Claim[] = [];
  #running = false;

  constructor(db: () => Promise<Kysely<Tables>>) {
    this.#db = db;
  }

  /**
   * True for the first claim of this issuer and jti, false for every later one.
   *
   * @throws when the database fails, and when too many wait
   */
  claim(issuer: string, jti: string, expiresAtMs: number): Promise<boolean> {
    if (this.#waiting.length >= MAX_WAITING) {
      const error = new Error('too many claims wait for the database');
      return Promise.reject(Object.assign(error, { code: 'TOO_MANY_WAIT' }));
    }
    // A hash: issuers and jtis are the caller's text, of any length.
    const key = createHash('sha256')
      .update(JSON.stringify([issuer, jti]))
      .digest('hex');
    return new Promise((settle, fail) => {
      this.#waiting.push({ key, expiresAtMs: Math.ceil(expiresAtMs), settle, fail });
      if (!this.#running) void this.#drain();
    });
  }

  async #drain(): Promise<void> {
    this.#running = true;
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0, MAX_CLAIMS_PER_STATEMENT);
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
