import { spawnSync } from 'node:child_process';
import { existsSync, openSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const MODULE = resolve('src/bin/process-log.ts');

/** Logs for a while to where nothing can be written, and ends. */
const SCRIPT = `
const { createProcessLog } = await import(${JSON.stringify(MODULE)});
const { setTimeout: wait } = await import('node:timers/promises');
const { log, flush } = createProcessLog('info');
process.on('exit', flush);
for (let turn = 0; turn < 4; turn += 1) {
  log.info({ turn }, 'answered');
  await wait(250);
}
process.stderr.write('went on');
`;

describe('a log that has no room', () => {
  it.skipIf(!existsSync('/dev/full'))('is told of once, and holds up neither the service nor its end', () => {
    const { status, signal, stderr } = spawnSync(
      process.execPath,
      ['--import', 'tsx', '--input-type=module', '-e', SCRIPT],
      { stdio: ['ignore', openSync('/dev/full', 'w'), 'pipe'], encoding: 'utf8', timeout: 30_000 },
    );
    expect([status, signal]).toEqual([0, null]);
    expect(stderr).toBe('The log cannot be written (ENOSPC).\nwent on');
  });
});
