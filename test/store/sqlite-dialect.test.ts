import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { LibsqlDialect } from '../../src/store/sqlite-dialect.js';

const folder = mkdtempSync(path.join(tmpdir(), 'imsr-cds-sqlite-'));
afterAll(() => rmSync(folder, { recursive: true }));

it('everyone who waits for the connection is told that the database was closed', async () => {
  const driver = new LibsqlDialect({ file: path.join(folder, 'one.db'), busyTimeoutMs: 100 }).createDriver();
  await driver.init();
  const held = await driver.acquireConnection();
  const waiting = [driver.acquireConnection(), driver.acquireConnection()];
  const told = Promise.allSettled(waiting);
  await driver.destroy();
  await driver.releaseConnection(held);
  const closed = { status: 'rejected', reason: new Error('the database is closed') };
  expect(await told).toEqual([closed, closed]);
});
