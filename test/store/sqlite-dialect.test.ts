import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { expect, it } from 'vitest';
import { STORE_FILE, openStore } from '../../src/store/open-store.js';
import { LibsqlDialect } from '../../src/store/sqlite-dialect.js';
import { keptLog, receipt } from './samples.js';
import { newFolder } from '../new-folder.js';

const folder = newFolder();

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

/** Debian has it wherever there is a package manager. */
const canLock = process.platform === 'linux' && spawnSync('perl', ['-MFcntl', '-e', '1']).status === 0;

it.skipIf(!canLock)(
  'a read that has to wait until another process has repaired the file does not stand in the way of later writes',
  async () => {
    const dataDir = path.join(folder, 'repaired');
    const [one, other] = [await openStore({ dataDir, log: keptLog() }), await openStore({ dataDir, log: keptLog() })];
    await one.saveReceipts([receipt('before')]);

    const program = path.join(import.meta.dirname, 'recovery-lock.pl');
    const repairing = spawn('perl', [program, path.join(dataDir, STORE_FILE)], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    await once(repairing.stdout, 'data');
    const read = one.findReceipt('before');
    const waits = new Promise((resolve) => setTimeout(resolve, 100, 'waits'));
    expect(await Promise.race([read, waits])).toBe('waits');
    repairing.stdin.end();
    expect(await read).toMatchObject({ cardUuid: 'before' });

    for (let n = 0; n < 3; n += 1) {
      await one.saveReceipts([receipt(`one-${n}`)]);
      await other.saveReceipts([receipt(`other-${n}`)]);
    }
    expect(await one.findReceipt('other-2')).toMatchObject({ cardUuid: 'other-2' });
    await one.close();
    await other.close();
  },
);
