import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { openStore } from '../../src/store/open-store.js';
import { keptLog, overridden, RECEIVED, receipt } from './samples.js';
import { newFolder } from '../new-folder.js';

const folder = newFolder();

const COMMENT = 'a comment of a physician that is to be forgotten';
const DAY_MS = 24 * 60 * 60 * 1000;

/** The files of the store that hold the comment. */
function holding(dataDir: string): readonly string[] {
  return readdirSync(dataDir).filter((file) => readFileSync(path.join(dataDir, file)).includes(COMMENT));
}

async function commented(name: string) {
  const dataDir = path.join(folder, name);
  const store = await openStore({ dataDir, log: keptLog() });
  await store.saveReceipts([receipt('card-1'), receipt('other', { clientId: 'hospital-b' })]);
  const { overrideReason: _, ...item } = overridden('card-1');
  await store.saveFeedback('hospital-a', [{ ...item, overrideReason: { userComment: COMMENT } }], RECEIVED);
  expect(holding(dataDir)).not.toEqual([]);
  return { dataDir, store };
}

it('what is removed for a client stands in no file any more, while the store is open', async () => {
  const { dataDir, store } = await commented('client');
  expect(await store.deleteClient('hospital-a')).toMatchObject({ feedback: 1 });
  expect(holding(dataDir)).toEqual([]);
  expect(await store.findReceipt('other')).toBeDefined();
  await store.close();
});

it('nor does what another process removes', async () => {
  const { dataDir, store } = await commented('two');
  const other = await openStore({ dataDir, log: keptLog() });
  await other.deleteClient('hospital-a');
  expect(holding(dataDir)).toEqual([]);
  await other.close();
  await store.saveReceipts([receipt('later')]);
  expect(holding(dataDir)).toEqual([]);
  await store.close();
});

it('nor, in the end, does what could not be emptied while another process read', async () => {
  const { dataDir, store } = await commented('busy');
  const { default: Database } = await import('libsql');
  const reader = new Database(path.join(dataDir, 'imsr-cds.sqlite'));
  reader.exec('BEGIN');
  reader.prepare('SELECT count(*) FROM receipt').get();
  await expect(store.deleteClient('hospital-a')).rejects.toThrow();
  expect(holding(dataDir)).not.toEqual([]);
  reader.exec('COMMIT');
  reader.close();
  expect(await store.deleteClient('hospital-a')).toMatchObject({ receipts: 0 });
  expect(holding(dataDir)).toEqual([]);
  await store.close();
});

it('nor does what is past its term', async () => {
  const { dataDir, store } = await commented('term');
  await store.applyRetention(RECEIVED + 10 * DAY_MS, new Map([['hospital-a', 5]]), 365);
  expect(holding(dataDir)).toEqual([]);
  await store.close();
});

it('a store that was closed leaves nothing in the log beside its file', async () => {
  const { dataDir, store } = await commented('closed');
  await store.close();
  const logs = readdirSync(dataDir).filter((file) => file.endsWith('-wal'));
  expect(logs.filter((file) => statSync(path.join(dataDir, file)).size > 0)).toEqual([]);
  expect(holding(dataDir)).toEqual(['imsr-cds.sqlite']);
});
