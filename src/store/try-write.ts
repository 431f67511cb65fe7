import type { Kysely } from 'kysely';
import type { Tables } from './tables.js';

/** The key of a row that never stays; no claim of a token hashes to it. */
const PROBE = 'write-probe';

/**
 * Writes, commits and leaves nothing behind: what can be read cannot always be written.
 * @throws what the database threw, when it cannot be written now
 */
export async function tryWrite(db: Kysely<Tables>): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await trx.insertInto('token_claim').values({ claim_key: PROBE, expires_at_ms: 0 }).execute();
    await trx.deleteFrom('token_claim').where('claim_key', '=', PROBE).execute();
  });
}
