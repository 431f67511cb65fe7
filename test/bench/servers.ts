import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve as resolvePath } from 'node:path';
import type { Load, LoadResult } from './loader.js';

/** What a server used since it was last asked. */
export interface Usage {
  readonly cpuMs: number;
  readonly rssMb: number;
  readonly delayP99Ms: number;
  readonly delayMaxMs: number;
}

export interface RunningServer {
  readonly port: number;
  /** From the start of the process to its `ready` line. */
  readonly readyMs: number;
  usage(): Promise<Usage>;
  stop(): Promise<void>;
}

export const here = (file: string): string => resolvePath(import.meta.dirname, file);

const START_LIMIT_MS = 60_000;

/**
 * Starts a server process with its output in a file, and waits until it says that it is ready.
 * @param preload modules that are loaded before it
 */
export async function startServer(
  file: string,
  env: Readonly<Record<string, string>>,
  preload: readonly string[] = [],
): Promise<RunningServer> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const output = join(folder, 'output.log');
  const descriptor = openSync(output, 'w');
  const begun = performance.now();
  const child = fork(file, {
    env: { PATH: process.env['PATH'] ?? '', DATA_DIR: folder, ...env },
    execArgv: [here('probe.mjs'), ...preload].flatMap((name) => ['--import', name]),
    stdio: ['ignore', descriptor, descriptor, 'ipc'],
  });
  closeSync(descriptor);
  const stop = async (): Promise<void> => {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGTERM');
      await once(child, 'exit');
    }
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const { port, readyMs } = await readyPort(child, output, begun);
    return { port, readyMs, usage: () => ask<Usage>(child, {}), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function readyPort(
  child: ChildProcess,
  output: string,
  begun: number,
): Promise<{ port: number; readyMs: number }> {
  for (;;) {
    const said = readFileSync(output, 'utf8');
    const port = /ready: https?:\/\/[^:]+:(\d+)/.exec(said)?.[1];
    if (port !== undefined) return { port: Number(port), readyMs: performance.now() - begun };
    if (child.exitCode !== null || performance.now() - begun > START_LIMIT_MS) {
      throw new Error(`the server did not start:\n${said.slice(0, 2000)}`);
    }
    await new Promise((wake) => setTimeout(wake, 5));
  }
}

/** The process that sends the requests, apart from this one and from the servers. */
export function startLoader(): { run(load: Load): Promise<LoadResult>; stop(): void } {
  const child = fork(here('loader.ts'), {
    execArgv: ['--import', 'tsx'],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  return { run: (load) => ask<LoadResult>(child, load), stop: () => child.kill() };
}

function ask<Answer>(child: ChildProcess, question: object): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const gone = (): void => reject(new Error('a process of the benchmark ended before it answered'));
    child.once('exit', gone);
    child.once('message', (answer: Answer & { error?: string }) => {
      child.off('exit', gone);
      if (answer.error === undefined) resolve(answer);
      else reject(new Error(answer.error));
    });
    child.send(question);
  });
}
