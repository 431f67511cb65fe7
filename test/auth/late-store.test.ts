import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Database from 'libsql';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { composeReplayGuard } from '../../src/bin/compose-replay-guard.js';
import { loadConfig } from '../../src/config/load-config.js';
import { silentLog } from '../../src/schemas/log.js';
import type { ReplayGuard } from '../../src/schemas/replay.js';
import { openStore, STORE_FILE } from '../../src/store/open-store.js';

const EMBEDDED = { MODE: 'development' } as const;
const WORKERS = { ...EMBEDDED, WORKERS: '2' } as const;
const DATABASE = { ...EMBEDDED, DATABASE_URL: 'postgres://127.0.0.1/imsr' } as const;
const PLACES = [
  ['an embedded file', EMBEDDED],
  ['an embedded file that workers share', WORKERS],
  ['a database', DATABASE],
] as const;

/** The guard as the service has it, over a store of the test's own, and how often it decided alone. */
function composed(env: Readonly<Record<string, string>>, store: ReplayGuard) {
  const alone: object[] = [];
  const log = { ...silentLog, warn: (fields: object) => void alone.push(fields) };
  const guard = composeReplayGuard(
    loadConfig(env, () => ''),
    store,
    log,
  );
  const expiresAtMs = Date.now() + 300_000;
  return { alone, claim: (jti: string) => guard.claim('https://ehr.example', jti, expiresAtMs) };
}

/** A store that answers when the test says so. */
function slowStore() {
  const answers: ((first: boolean) => void)[] = [];
  const store: ReplayGuard = { claim: () => new Promise((resolve) => answers.push(resolve)) };
  return { store, answer: (first: boolean) => answers.forEach((resolve) => resolve(first)) };
}

/** So much time passes, and whoever waited for it learns that. */
async function pass(ms: number): Promise<void> {
  await vi.advanceTimersByTimeAsync(ms);
  for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

const failing = (code: string): ReplayGuard => ({
  claim: () => Promise.reject(Object.assign(new Error('no'), { code })),
});

describe('a store that is late', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
  afterEach(() => void vi.useRealTimers());

  test.each(PLACES)('[row 141] %s is waited for: a token that another process has used is refused', async (_, env) => {
    const { store, answer } = slowStore();
    const { alone, claim } = composed(env, store);
    const claimed = claim('t');
    await pass(2_900);
    answer(false);
    expect(await claimed).toBe(false);
    expect(alone).toEqual([]);
  });

  test.each([EMBEDDED, WORKERS])('[row 141] an embedded file that stays late puts the call off', async (env) => {
    const { alone, claim } = composed(env, slowStore().store);
    const claimed = expect(claim('t')).rejects.toMatchObject({ code: 'ETIMEDOUT' });
    await pass(5_000);
    await claimed;
    expect(alone).toEqual([]);
  });

  test('[row 141] a database that stays silent counts as away, and holds up no further call for long', async () => {
    const { store, answer } = slowStore();
    const { alone, claim } = composed(DATABASE, store);
    const after = async (jti: string, ms: number): Promise<boolean> => {
      const claimed = claim(jti);
      await pass(ms);
      return claimed;
    };
    expect(await after('t', 3_000)).toBe(true);
    expect(await after('u', 250)).toBe(true);
    expect(alone).toHaveLength(2);
    answer(true);
    const claimed = claim('v');
    await pass(2_900);
    answer(false);
    expect(await claimed).toBe(false);
  });
});

describe('a store that fails', () => {
  test.each(['SQLITE_BUSY', 'SQLITE_BUSY_SNAPSHOT', 'TOO_MANY_WAIT'])(
    '[row 141] an embedded file with %s works: the call is put off',
    async (code) => {
      const { alone, claim } = composed(WORKERS, failing(code));
      await expect(claim('t')).rejects.toMatchObject({ code });
      expect(alone).toEqual([]);
    },
  );

  test.each([
    ['SQLITE_FULL', WORKERS],
    ['SQLITE_IOERR', EMBEDDED],
    ['STORE_FILE_GONE', WORKERS],
    ['ECONNREFUSED', DATABASE],
    ['ETIMEDOUT', DATABASE],
    ['TOO_MANY_WAIT', DATABASE],
  ] as const)('[row 141] %s is an outage: the process decides alone and says so', async (code, env) => {
    const { alone, claim } = composed(env, failing(code));
    expect(await claim('t')).toBe(true);
    expect(await claim('t')).toBe(false);
    expect(alone).toEqual([{ part: 'replay', code }]);
  });
});

describe('two processes on one file', () => {
  let dataDir: string;
  beforeEach(async () => {
    dataDir = await mkdtemp(path.join(tmpdir(), 'imsr-cds-late-'));
  });
  afterEach(() => rm(dataDir, { recursive: true, force: true }));

  test('[row 141] that another program holds for a while: one of them accepts a token', async () => {
    const stores = await Promise.all([1, 2].map(() => openStore({ dataDir, log: silentLog })));
    const other = new Database(path.join(dataDir, STORE_FILE));
    other.exec('BEGIN IMMEDIATE');
    const claims = stores.map((store) => composed(WORKERS, store).claim('t'));
    await new Promise((resolve) => setTimeout(resolve, 600));
    other.exec('COMMIT');
    other.close();
    expect((await Promise.all(claims)).sort()).toEqual([false, true]);
    for (const store of stores) await store.close();
  });
});
