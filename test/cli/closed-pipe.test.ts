import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, openSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const COMMAND = fileURLToPath(new URL('../../src/bin/imsr-cds.ts', import.meta.url));

it('a command of which nobody reads what it prints ends as if it were read', async () => {
  const child = spawn(process.execPath, ['--import', 'tsx', COMMAND, 'assess', 'docker/patients/four-sessions.json']);
  child.stdout.destroy();
  let complaints = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (complaints += text));
  expect(await once(child, 'close')).toEqual([0, null]);
  expect(complaints).toBe('');
});

it.skipIf(!existsSync('/dev/full'))('one that cannot write what it prints says so, and no more', async () => {
  const full = openSync('/dev/full', 'w');
  const child = spawn(process.execPath, ['--import', 'tsx', COMMAND, 'help'], { stdio: ['ignore', full, 'pipe'] });
  closeSync(full);
  let complaints = '';
  child.stderr!.setEncoding('utf8').on('data', (text: string) => (complaints += text));
  expect(await once(child, 'close')).toEqual([1, null]);
  expect(complaints).toBe('The output could not be written (ENOSPC).\n');
});
