import { spawnSync } from 'node:child_process';

/** Runs the command line in a process of its own, in an environment that holds what is given and nothing else. */
export function run(env: Readonly<Record<string, string>>, ...args: string[]) {
  const all = ['--import', 'tsx', 'src/bin/imsr-cds.ts', ...args];
  const { status, stdout, stderr } = spawnSync(process.execPath, all, {
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], ...env },
  });
  return { status, stdout, stderr };
}
