import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openStore } from '../../src/store/open-store.js';
import { scheduleRetention } from '../../src/store/retention-schedule.js';
import type { Store } from '../../src/store/store.js';
import { RECEIVED, accepted, keptLog, receipt } from './samples.js';

const ISSUED = Date.parse('2026-11-20T09:00:00.000Z');
const DAY_MS = 24 * 60 * 60 * 1000;

let dataDir = '';
let store: Store;
beforeEach(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), 'imsr-cds-retention-'));
  store = await openStore({ dataDir, log: keptLog() });
  await store.saveReceipts([receipt('card-1')]);
  await store.saveFeedback('hospital-a', [accepted('card-1')], RECEIVED);
});
afterEach(async () => {
  await store.close();
  await rm(dataDir, { recursive: true, force: true });
});

test('retention runs at once and again, says how much it removed, and ends when told to', async () => {
  const log = keptLog();
  let nowMs = ISSUED + DAY_MS;
  let asked = 0;
  const clock = { nowMs: () => (asked++, nowMs), today: () => '2026-11-21' };
  const stop = scheduleRetention({
    store,
    clock,
    log,
    perClientDays: new Map([['hospital-a', 1]]),
    otherDays: 365,
    everyMs: 5,
  });
  await expect.poll(() => asked).toBeGreaterThan(2);
  expect(await store.findReceipt('card-1')).toBeDefined();
  nowMs += 1;
  await expect.poll(() => store.findReceipt('card-1')).toBeUndefined();
  await stop();
  expect(log.lines).toEqual([
    '{"level":"info","receipts":1,"feedback":1,"tokens":0,"message":"what was past its term was removed"}',
  ]);
  const before = asked;
  await new Promise((resolve) => setTimeout(resolve, 30));
  expect(asked).toBe(before);
});

test('a run that fails is logged as a code, and the next one is made', async () => {
  const log = keptLog();
  const clock = { nowMs: () => ISSUED, today: () => '2026-11-20' };
  const closed = await openStore({ dataDir, log });
  await closed.close();
  const stop = scheduleRetention({ store: closed, clock, log, perClientDays: new Map(), otherDays: 365, everyMs: 5 });
  await expect.poll(() => log.lines.length).toBeGreaterThan(1);
  await stop();
  expect(log.lines[0]).toContain('retention could not be applied');
});

test('a run that is under way ends after its transaction, and the next one removes the rest', async () => {
  const log = keptLog();
  // Two transactions of it, and more than one client.
  const old = ['hospital-b', 'hospital-c'].flatMap((clientId) =>
    Array.from({ length: 700 }, (_, n) => receipt(`${clientId}-${n}`, { clientId })),
  );
  await store.saveReceipts(old);
  const all = old.length + 1;
  const clock = { nowMs: () => ISSUED + 2 * DAY_MS, today: () => '2026-11-22' };
  const days = new Map(['hospital-a', 'hospital-b', 'hospital-c'].map((client) => [client, 1]));
  const schedule = { store, clock, log, perClientDays: days, otherDays: 365 };
  await scheduleRetention(schedule)();
  const left = (await store.report({})).reduce((sum, row) => sum + (row.criterion === undefined ? row.shown : 0), 0);
  // No more than what one transaction takes.
  expect(left).toBeGreaterThanOrEqual(all - 500);
  const stop = scheduleRetention(schedule);
  await expect.poll(() => store.report({}), { timeout: 10_000 }).toEqual([]);
  await stop();
});
