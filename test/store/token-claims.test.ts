import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { Kysely } from 'kysely';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { migrate } from '../../src/store/migrations.js';
import { LibsqlDialect } from '../../src/store/sqlite-dialect.js';
import type { Tables } from '../../src/store/tables.js';
import { TokenClaims } from '../../src/store/token-claims.js';

const EXPIRES = Date.parse('2026-12-01T10:05:00Z');
const MAX_WAITING = 5_000;

describe('claims on a database that hangs', () => {
  let folder: string;
  let db: Kysely<Tables>;
  let answerAgain: () => void;
  let claims: TokenClaims;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'imsr-cds-claims-'));
    db = new Kysely<Tables>({
      dialect: new LibsqlDialect({ file: path.join(folder, 'claims.sqlite'), busyTimeoutMs: 1_000 }),
    });
    await migrate(db);
    const answers = new Promise<void>((resolve) => (answerAgain = resolve));
    claims = new TokenClaims(() => answers.then(() => db));
  });
  afterEach(async () => {
    await db.destroy();
    await rm(folder, { recursive: true, force: true });
  });

  const written = async (): Promise<number> =>
    (await db.selectFrom('token_claim').select('claim_key').execute()).length;

  test('are written when it answers again, whoever still waits for them', async () => {
    const late = claims.claim('iss', 'late', EXPIRES);
    const after = claims.claim('iss', 'after', EXPIRES);
    answerAgain();
    expect(await Promise.all([late, after])).toEqual([true, true]);
    expect(await claims.claim('iss', 'late', EXPIRES)).toBe(false);
  });

  test('wait up to a bound, and are refused beyond it', async () => {
    const underWay = claims.claim('iss', 'under way', EXPIRES);
    const waiting = Array.from({ length: MAX_WAITING }, (_, n) => claims.claim('iss', `t${n}`, EXPIRES));
    await expect(claims.claim('iss', 'one more', EXPIRES)).rejects.toThrow('too many claims');
    answerAgain();
    expect(await Promise.all([underWay, ...waiting])).not.toContain(false);
    expect(await claims.claim('iss', 'one more', EXPIRES)).toBe(true);
    expect(await written()).toBe(MAX_WAITING + 2);
  });
});
