import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { feedbackDeleteCommand } from '../../src/cli/feedback-delete.js';
import { openStore } from '../../src/store/open-store.js';
import type { Store } from '../../src/store/store.js';
import { keptLog, receipt } from '../store/samples.js';

let dataDir = '';
let store: Store;
beforeAll(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), 'imsr-cds-delete-'));
  store = await openStore({ dataDir, log: keptLog() });
  await store.saveReceipts([receipt('card-1'), receipt('card-2', { clientId: 'hospital-b' })]);
});
afterAll(async () => {
  await store.close();
  await rm(dataDir, { recursive: true, force: true });
});

test.each([[[]], [['--yes']], [['--client', '', '--yes']], [['--client', 'hospital-a']], [['--all', '--yes']]])(
  'wrong use is exit 2 and removes nothing: %j',
  async (args) => {
    let said = '';
    expect(await feedbackDeleteCommand(store, args, (text) => (said += text))).toBe(2);
    expect(said).toContain('imsr-cds feedback delete');
    expect((await store.report({}))[0]?.shown).toBe(2);
  },
);

test('the client that is named loses its rows, and no other', async () => {
  let said = '';
  const write = (text: string): void => void (said += text);
  expect(await feedbackDeleteCommand(store, ['--client', 'hospital-a', '--yes'], write)).toBe(0);
  expect(await feedbackDeleteCommand(store, ['--client', 'hospital-a', '--yes'], write)).toBe(0);
  expect(said).toBe('Removed: 1 receipts, 0 feedback items.\nRemoved: 0 receipts, 0 feedback items.\n');
  expect(await store.findReceipt('card-1')).toBeUndefined();
  expect(await store.findReceipt('card-2')).toBeDefined();
});
