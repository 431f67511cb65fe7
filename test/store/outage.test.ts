import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Database from 'libsql';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { STORE_FILE, openStore } from '../../src/store/open-store.js';
import type { FeedbackItem } from '../../src/schemas/feedback.js';
import type { Store } from '../../src/store/store.js';
import type { PostgresServer } from './postgres-server.js';
import { POSTGRES_ABSENT, startPostgres } from './postgres-server.js';
import { startSilentProxy } from './silent-proxy.js';
import { RECEIVED, accepted, keptLog, overridden, receipt } from './samples.js';

const NOT_STORED = { code: 'FEEDBACK_NOT_STORED', status: 503, retryAfterSeconds: 5 };
const MARKER = 'comment-that-must-stay-inside';

const directories: string[] = [];
async function directory(): Promise<string> {
  const made = await mkdtemp(path.join(tmpdir(), 'imsr-cds-outage-'));
  directories.push(made);
  return made;
}
afterAll(async () => {
  for (const made of directories) await rm(made, { recursive: true, force: true });
});

/** A batch that needs more room than any of the small places here has. */
const large = (card: string): readonly FeedbackItem[] => [
  accepted(card),
  overridden(card, { userComment: MARKER + 'x'.repeat(3_000_000) }),
];

/** What has to hold when there is no room: nothing of the batch, cards as ever, and work again once there is room. */
async function fillAndRecover(
  options: { readonly dataDir: string; readonly maxFileBytes?: number },
  makeRoom?: () => Promise<void>,
  fill?: () => Promise<void>,
) {
  const log = keptLog();
  const observed: string[] = [];
  const stored = (kind: string, result: string, count: number) => void observed.push(`${kind} ${result} ${count}`);
  const store = await openStore({ ...options, log, observer: { stored } });
  await fill?.();
  await store.saveReceipts([receipt('card-1')]);
  const refused = store.saveFeedback('hospital-a', large('card-1'), RECEIVED);
  await expect(refused).rejects.toMatchObject({ ...NOT_STORED, detail: expect.stringMatching(/^SQLITE_(FULL|IOERR)/) });
  expect(await store.report({})).toMatchObject([{ shown: 1, accepted: 0, overridden: 0 }, {}, {}]);
  store.enqueueReceipts([receipt('card-2')]);
  expect(await store.findReceipt('card-2')).toEqual(receipt('card-2'));
  await makeRoom?.();
  await store.saveFeedback('hospital-a', [accepted('card-1'), accepted('card-2')], RECEIVED);
  expect(await store.report({})).toMatchObject([{ shown: 2, accepted: 2, overridden: 0 }, {}, {}]);
  expect(observed.filter((line) => line.startsWith('feedback'))).toEqual(['feedback failed 2', 'feedback ok 2']);
  expect(observed.filter((line) => line.includes('dropped'))).toEqual([]);
  await store.close();
  expect(log.lines.join('')).not.toContain(MARKER);
}

test('a full store: 503, nothing of the batch kept, cards go on, and smaller feedback still fits', async () => {
  await fillAndRecover({ dataDir: await directory(), maxFileBytes: 1_000_000 });
});

test('a data directory that is gone: 503, not ready, and nothing acknowledged that would be lost', async () => {
  const dataDir = await directory();
  const store = await openStore({ dataDir, log: keptLog() });
  await store.saveReceipts([receipt('card-1')]);
  expect(await store.ready()).toBe(true);
  await rm(dataDir, { recursive: true });
  for (const replaced of [false, true]) {
    if (replaced) {
      await mkdir(dataDir);
      await writeFile(path.join(dataDir, STORE_FILE), '');
    }
    expect(await store.ready()).toBe(false);
    await expect(store.saveFeedback('hospital-a', [accepted('card-1')], RECEIVED)).rejects.toMatchObject({
      ...NOT_STORED,
      detail: 'STORE_FILE_GONE',
    });
  }
  await store.close();
});

describe('on a file system of 2 MB', () => {
  let disk = '';
  let cannotMount = '';
  beforeAll(async () => {
    disk = await directory();
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', disk], { stdio: 'pipe' });
    } catch {
      cannotMount = 'this account may not mount a small file system';
    }
  });
  afterAll(() => {
    if (cannotMount === '') execFileSync('umount', ['--lazy', disk]);
  });

  test('a full disk: 503, nothing of the batch kept, cards go on, and all of it works once there is room', async (context) => {
    if (cannotMount !== '') return context.skip(cannotMount);
    const ballast = path.join(disk, 'ballast');
    const fill = () => writeFile(ballast, Buffer.alloc(400_000));
    await fillAndRecover({ dataDir: path.join(disk, 'data') }, () => rm(ballast), fill);
  });
});

describe.skipIf(POSTGRES_ABSENT !== undefined)(`PostgreSQL that stops (${POSTGRES_ABSENT ?? 'present'})`, () => {
  let server: PostgresServer;
  let store: Store | undefined;
  let databaseUrl: string;
  let log = keptLog();

  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(() => server.remove());
  beforeEach(async () => {
    databaseUrl = await server.createDatabase();
    log = keptLog();
  });
  afterEach(() => store?.close());

  test('feedback is 503, cards go on, and what waited is written when the database is back', async () => {
    const observed: string[] = [];
    const observer = { stored: (kind: string, result: string) => void observed.push(`${kind} ${result}`) };
    store = await openStore({ databaseUrl, log, observer });
    await store.saveReceipts([receipt('card-1')]);
    await store.saveFeedback('hospital-a', [accepted('card-1')], RECEIVED);
    await server.stop('immediate');

    const comment = overridden('card-1', { userComment: MARKER });
    await expect(store.saveFeedback('hospital-a', [comment], RECEIVED)).rejects.toMatchObject(NOT_STORED);
    expect(await store.ready()).toBe(false);
    await expect(store.claim('iss', 'jti', RECEIVED)).rejects.toThrow();
    store.enqueueReceipts([receipt('card-2')]);
    expect(await store.findReceipt('card-2')).toEqual(receipt('card-2'));
    await expect.poll(() => observed).toContain('receipt failed');

    await server.start();
    const reopened = store;
    await expect.poll(() => observed.at(-1), { timeout: 15_000 }).toBe('receipt ok');
    expect(await reopened.ready()).toBe(true);
    await reopened.saveFeedback('hospital-a', [comment, accepted('card-2')], RECEIVED + 1);
    expect(await reopened.report({})).toMatchObject([{ shown: 2, accepted: 1, overridden: 1 }, {}, {}]);
    expect(log.lines.join('')).not.toContain(MARKER);
    expect(log.lines.join('')).toContain('receipts are being stored again');
    expect(observed.slice(0, 3)).toEqual(['feedback ok', 'feedback failed', 'receipt failed']);
    expect(observed.slice(-2)).toEqual(['receipt ok', 'feedback ok']);
  });

  test('a crash of the database loses no acknowledged feedback', async () => {
    store = await openStore({ databaseUrl, log });
    const running = store;
    const acknowledged: string[] = [];
    let down = false;
    const lanes = [0, 1, 2, 3].map(async (lane) => {
      for (let n = 0; !down; n += 1) {
        const card = `card-${lane}-${n}`;
        running.enqueueReceipts([receipt(card)]);
        try {
          await running.saveFeedback('hospital-a', [accepted(card)], RECEIVED);
          acknowledged.push(card);
        } catch {
          down = true;
        }
      }
    });
    await expect.poll(() => acknowledged.length, { timeout: 20_000 }).toBeGreaterThan(50);
    await server.stop('immediate');
    await Promise.all(lanes);
    await server.start();
    await expect.poll(() => running.ready(), { timeout: 15_000 }).toBe(true);
    const before = await running.report({});
    await running.saveFeedback(
      'hospital-a',
      acknowledged.map((card) => accepted(card)),
      RECEIVED,
    );
    expect((await running.report({}))[0]?.accepted).toBe(before[0]?.accepted);
  });

  test('a connection that falls silent is given up after one query, and the next one works', async () => {
    const proxy = await startSilentProxy(databaseUrl);
    try {
      store = await openStore({ databaseUrl: proxy.databaseUrl, log, queryTimeoutMs: 500 });
      await store.saveReceipts([receipt('card-1')]);
      proxy.fallSilent();
      await expect(store.saveFeedback('hospital-a', [accepted('card-1')], RECEIVED)).rejects.toMatchObject({
        ...NOT_STORED,
        detail: 'NO_ANSWER',
      });
      await store.saveFeedback('hospital-a', [accepted('card-1')], RECEIVED);
      expect(await store.ready()).toBe(true);
      expect((await store.report({}))[0]).toMatchObject({ shown: 1, accepted: 1 });
      await store.close();
      store = undefined;
    } finally {
      await proxy.close();
    }
  });

  test('a service that starts while the database is down gives cards, and stores once it is up', async () => {
    await server.stop('fast');
    store = await openStore({ databaseUrl, log });
    const running = store;
    expect(await running.ready()).toBe(false);
    running.enqueueReceipts([receipt('card-1')]);
    await expect(running.saveFeedback('hospital-a', [accepted('card-1')], RECEIVED)).rejects.toMatchObject(NOT_STORED);
    await server.start();
    await expect.poll(async () => (await running.report({}))[0]?.shown, { timeout: 15_000 }).toBe(1);
    await running.saveFeedback('hospital-a', [accepted('card-1')], RECEIVED);
    expect((await running.report({}))[0]).toMatchObject({ shown: 1, accepted: 1 });
  });

  test('a database that does not exist is an error at start', async () => {
    const wrong = databaseUrl.replace(/store\d+/, 'nowhere');
    await expect(openStore({ databaseUrl: wrong, log })).rejects.toMatchObject({
      code: 'CONFIG_INVALID',
      detail: '3D000',
    });
    store = undefined;
  });
});

test('a client that is deleted during an outage stops no receipt of after it', async () => {
  const dataDir = await directory();
  const observed: string[] = [];
  const stored = (kind: string, result: string) => void observed.push(`${kind} ${result}`);
  const store = await openStore({ dataDir, log: keptLog(), observer: { stored } });
  const other = new Database(path.join(dataDir, STORE_FILE));
  other.exec('ALTER TABLE receipt RENAME TO receipt_away');
  store.enqueueReceipts([receipt('card-1')]);
  await expect.poll(() => observed).toContain('receipt failed');
  await expect(store.deleteClient('hospital-a')).rejects.toThrow();
  // Longer than the pause after a failure or two, so that the next attempt comes before the next receipt.
  await new Promise((resolve) => setTimeout(resolve, 500));
  store.enqueueReceipts([receipt('card-2', { clientId: 'hospital-b' })]);
  other.exec('ALTER TABLE receipt_away RENAME TO receipt');
  other.close();
  await expect.poll(() => observed, { timeout: 10_000 }).toContain('receipt ok');
  expect(await store.deleteClient('hospital-a')).toMatchObject({ receipts: 1 });
  expect(await store.findReceipt('card-2')).toBeDefined();
  await store.close();
});

test('while receipts cannot be written the store is not ready, and is again once they are', async () => {
  const dataDir = await directory();
  const observed: string[] = [];
  const stored = (kind: string, result: string) => void observed.push(`${kind} ${result}`);
  const store = await openStore({ dataDir, log: keptLog(), observer: { stored } });
  const other = new Database(path.join(dataDir, STORE_FILE));
  other.exec("CREATE TRIGGER no_room BEFORE INSERT ON receipt BEGIN SELECT RAISE(ABORT, 'no room'); END");
  expect(await store.ready()).toBe(true);
  store.enqueueReceipts([receipt('card-1')]);
  await expect.poll(() => observed).toContain('receipt failed');
  expect(await store.ready()).toBe(false);
  other.exec('DROP TRIGGER no_room');
  other.close();
  await expect.poll(() => observed, { timeout: 10_000 }).toContain('receipt ok');
  expect(await store.ready()).toBe(true);
  await store.close();
});

test('a lock that another program keeps is waited for 5 seconds: feedback is then 503, and not ready until it is gone', async () => {
  const dataDir = await directory();
  const store = await openStore({ dataDir, log: keptLog() });
  await store.saveReceipts([receipt('card-1')]);
  const other = new Database(path.join(dataDir, STORE_FILE));
  other.exec('BEGIN IMMEDIATE');
  expect(await store.ready()).toBe(true);
  const timers = vi.spyOn(globalThis, 'setTimeout');
  const waitedMs = () => timers.mock.calls.reduce((sum, [, delayMs]) => sum + (delayMs ?? 0), 0);
  await expect(store.saveFeedback('hospital-a', [accepted('card-1')], RECEIVED)).rejects.toMatchObject({
    ...NOT_STORED,
    detail: expect.stringMatching(/^SQLITE_BUSY/),
  });
  expect(waitedMs()).toBeGreaterThanOrEqual(5_000);
  expect(waitedMs()).toBeLessThan(5_100);
  timers.mockRestore();
  expect(await store.ready()).toBe(false);
  other.exec('COMMIT');
  other.close();
  expect(await store.ready()).toBe(true);
  await store.saveFeedback('hospital-a', [accepted('card-1')], RECEIVED);
  expect((await store.report({}))[0]).toMatchObject({ shown: 1, accepted: 1 });
  await store.close();
});

test('a file in which another program has a table of our name is an error at start', async () => {
  const dataDir = await directory();
  const other = new Database(path.join(dataDir, STORE_FILE));
  other.exec('CREATE TABLE receipt (total INTEGER)');
  other.close();
  await expect(openStore({ dataDir, log: keptLog() })).rejects.toMatchObject({ code: 'CONFIG_INVALID' });
});

test('a store that a newer version has changed is an error at start, and says so', async () => {
  const dataDir = await directory();
  await (await openStore({ dataDir, log: keptLog() })).close();
  const other = new Database(path.join(dataDir, STORE_FILE));
  other.exec("INSERT INTO kysely_migration VALUES ('9999-of-a-newer-version', '2027-01-01T00:00:00.000Z')");
  other.close();
  await expect(openStore({ dataDir, log: keptLog() })).rejects.toMatchObject({
    code: 'CONFIG_INVALID',
    detail: 'SCHEMA_OF_A_NEWER_VERSION',
  });
});

test('a place that is no place for a store is an error at start', async () => {
  const log = keptLog();
  const file = path.join(await directory(), 'file');
  await writeFile(file, 'not a directory');
  const foreign = await directory();
  await writeFile(path.join(foreign, 'imsr-cds.sqlite'), 'this is no database, and must stay as it is'.repeat(100));
  const blocked = await directory();
  await mkdir(path.join(blocked, 'imsr-cds.sqlite'));
  for (const dataDir of [file, foreign, blocked])
    await expect(openStore({ dataDir, log })).rejects.toMatchObject({ code: 'CONFIG_INVALID' });
});
