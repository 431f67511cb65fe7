import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openStore } from '../../src/store/open-store.js';
import { keptLog } from './samples.js';

const ROUNDS = 3;
const PROGRAM = path.join(import.meta.dirname, 'acknowledging-process.ts');

let dataDir = '';
beforeAll(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), 'imsr-cds-kill-'));
});
afterAll(() => rm(dataDir, { recursive: true, force: true }));

/** Runs the process until it has acknowledged so many items, kills it with -9, and gives all that it had acknowledged. */
async function acknowledgedUntilKilled(prefix: string, atLeast: number): Promise<readonly string[]> {
  const child = spawn(process.execPath, ['--import', 'tsx', PROGRAM, dataDir, prefix], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  let lines = 0;
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text;
    lines += text.split('\n').length - 1;
    if (lines >= atLeast) child.kill('SIGKILL');
  });
  const [, signal] = await new Promise<[number | null, NodeJS.Signals | null]>((resolve) => {
    child.once('close', (code, name) => resolve([code, name]));
  });
  expect(signal).toBe('SIGKILL');
  // A line that the kill cut short was not said.
  return said.slice(0, said.lastIndexOf('\n')).split('\n');
}

test(
  'kill -9 under load: every feedback item that was acknowledged is there afterwards, with its receipt',
  { timeout: 60_000 },
  async () => {
    const acknowledged: string[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      // Two processes on one file, as two workers are; the first of them dies while the other goes on.
      const pair = [
        acknowledgedUntilKilled(`${round}-one`, 60 + 50 * round),
        acknowledgedUntilKilled(`${round}-two`, 200),
      ];
      acknowledged.push(...(await Promise.all(pair)).flat());
    }
    expect(acknowledged.length).toBeGreaterThan(900);

    const store = await openStore({ dataDir, log: keptLog() });
    // Sending an acknowledged item again adds nothing; a lost one, or one without its receipt, would show here.
    const before = await store.report({});
    const { accepted, overridden } = before[0] ?? { accepted: 0, overridden: 0 };
    expect(overridden).toBe(0);
    expect(accepted).toBeGreaterThanOrEqual(acknowledged.length);
    const again = acknowledged.map((card) => ({
      card,
      outcome: 'accepted' as const,
      acceptedSuggestions: [{ id: 's-1' }],
      outcomeTimestamp: '2026-11-20T09:01:00Z',
    }));
    await store.saveFeedback('hospital-a', again, Date.parse('2026-11-20T10:00:00Z'));
    expect(await store.report({})).toEqual(before);
    await store.close();
  },
);
