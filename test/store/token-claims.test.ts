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

  test('are dropped when their caller has gone on, and are made when it still waits', async () => {
    const first = claims.claim('iss', 'under way', EXPIRES);
    const gone = new AbortController();
    const left = claims.claim('iss', 'left', EXPIRES, gone.signal);
    const patient = claims.claim('iss', 'patient', EXPIRES, new AbortController().signal);
    gone.abort(new Error('no answer in 250 ms'));
    await expect(left).rejects.toThrow('no answer in 250 ms');
    answerAgain();
    expect(await Promise.all([first, patient])).toEqual([true, true]);
    expect(await written()).toBe(2);
    expect(await claims.claim('iss', 'left', EXPIRES)).toBe(true);
  });

  test('an answer that came before the caller went stays as it is', async () => {
    answerAgain();
    const gone = new AbortController();
    expect(await claims.claim('iss', 'jti', EXPIRES, gone.signal)).toBe(true);
    gone.abort();
    expect(await claims.claim('iss', 'jti', EXPIRES)).toBe(false);
  });

  test('wait up to a bound, are refused beyond it, and have room again when callers go', async () => {
    const underWay = claims.claim('iss', 'under way', EXPIRES);
    const gone = new AbortController();
    const waiting = Array.from({ length: MAX_WAITING }, (_, n) =>
      claims.claim('iss', `t${n}`, EXPIRES, n === 0 ? gone.signal : undefined),
    );
    await expect(claims.claim('iss', 'one more', EXPIRES)).rejects.toThrow('too many claims');
    gone.abort(new Error('gone'));
    await expect(waiting[0]).rejects.toThrow('gone');
    const fits = claims.claim('iss', 'fits again', EXPIRES);
    answerAgain();
    expect(await Promise.all([underWay, ...waiting.slice(1), fits])).not.toContain(false);
    expect(await written()).toBe(MAX_WAITING + 1);
  });
});
