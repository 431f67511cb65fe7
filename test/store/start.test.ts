import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Database from 'libsql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { STORE_FILE, openStore } from '../../src/store/open-store.js';
import { PLACES } from './places.js';
import { keptLog, receipt } from './samples.js';

for (const place of PLACES) {
  const title = place.absent === undefined ? place.name : `${place.name} (skipped: ${place.absent})`;
  describe.skipIf(place.absent !== undefined)(`starting on ${title}`, () => {
    beforeAll(() => place.begin());
    afterAll(() => place.end());

    test('several instances that start at once on an empty database all work', async () => {
      const where = await place.fresh();
      const log = keptLog();
      const stores = await Promise.all([1, 2, 3, 4].map(() => openStore({ ...where, log })));
      for (const [n, store] of stores.entries()) {
        expect(await store.ready()).toBe(true);
        await store.saveReceipts([receipt(`card-${n}`)]);
      }
      expect((await stores[0]?.report({}))?.[0]?.shown).toBe(4);
      await Promise.all(stores.map((store) => store.close()));
      expect(log.lines).toEqual([]);
    });
  });
}

describe('the embedded file', () => {
  let dataDir = '';
  beforeAll(async () => {
    dataDir = path.join(await mkdtemp(path.join(tmpdir(), 'imsr-cds-start-')), 'made', 'on', 'demand');
  });
  afterAll(() => rm(path.join(dataDir, '..', '..', '..'), { recursive: true, force: true }));

  test('is for its owner alone, with its side files', async () => {
    const store = await openStore({ dataDir, log: keptLog() });
    await store.saveReceipts([receipt('card-1')]);
    for (const name of [STORE_FILE, `${STORE_FILE}-wal`]) {
      expect((await stat(path.join(dataDir, name))).mode & 0o077).toBe(0);
    }
    await store.close();
  });

  test('a folder that takes none ends the start, and does not go on for ever', async () => {
    await expect(openStore({ dataDir: '/proc/nope/deeper', log: keptLog() })).rejects.toMatchObject({
      code: 'CONFIG_INVALID',
      message: expect.stringContaining('/proc/nope/deeper') as string,
      detail: 'ENOENT',
    });
  });

  test('while another process holds the file everything else goes on, and then the write is done', async () => {
    const store = await openStore({ dataDir, log: keptLog() });
    const other = new Database(path.join(dataDir, STORE_FILE));
    other.exec('BEGIN IMMEDIATE');
    const written = store.saveReceipts([receipt('card-2')]);
    // If the wait stood on the event loop this timer would not run, the file not come free, and the write fail.
    await new Promise((resolve) => setTimeout(resolve, 50));
    other.exec('COMMIT');
    other.close();
    await written;
    expect(await store.findReceipt('card-2')).toBeDefined();
    await store.close();
  });
});
