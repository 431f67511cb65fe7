import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'vite';

const ROOT = path.resolve(import.meta.dirname, '..', '..');
/** What the built service reads beside its own files. */
const BESIDE = ['hooks', 'cards', 'docker', 'node_modules', 'package.json'];

/** A process of the built service. */
export interface ServiceProcess {
  /** Base URL at which it listens. */
  readonly url: string;
  readonly process: ChildProcess;
  /** All that it has written so far. */
  out(): string;
  err(): string;
  /** Resolves with the exit code once the process has ended and its output is complete. */
  readonly ended: Promise<number | null>;
}

export interface BuiltService {
  /** A new folder below the build's own, which goes with it. */
  folder(name: string): string;
  /** Starts the server and waits for its ready line; what starts can be looked at meanwhile. */
  start(env: Readonly<Record<string, string>>, meanwhile?: (starting: ChildProcess) => void): Promise<ServiceProcess>;
  /** Runs the command line. */
  run(
    args: readonly string[],
    env: Readonly<Record<string, string>>,
  ): Promise<{ code: number | null; out: string; err: string }>;
  /** Ends every process that it started, and removes the build. */
  remove(): Promise<void>;
}

/** Builds the service as it stands now, apart from any build that is in use; types are checked elsewhere. */
export async function buildService(): Promise<BuiltService> {
  const root = await mkdtemp(path.join(tmpdir(), 'imsr-cds-system-'));
  for (const name of BESIDE) symlinkSync(path.join(ROOT, name), path.join(root, name));
  await build({
    configFile: path.join(ROOT, 'vite.server.config.ts'),
    logLevel: 'warn',
    build: { outDir: path.join(root, 'dist', 'bin') },
  });
  execFileSync(process.execPath, [path.join(root, 'dist', 'bin', 'prepare.js')]);
  const started = new Set<ChildProcess>();

  const spawnFile = (file: string, args: readonly string[], env: Readonly<Record<string, string>>) => {
    const child = spawn(process.execPath, [path.join(root, 'dist', 'bin', file), ...args], {
      cwd: root,
      env: { PATH: process.env['PATH'], ...env },
    });
    started.add(child);
    const said = { out: '', err: '' };
    child.stdout.setEncoding('utf8').on('data', (text: string) => (said.out += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (said.err += text));
    const ended = once(child, 'close').then(([code]) => {
      started.delete(child);
      return code as number | null;
    });
    return { child, said, ended };
  };

  return {
    folder(name) {
      const folder = path.join(root, name);
      mkdirSync(folder, { recursive: true });
      return folder;
    },
    async start(env, meanwhile) {
      const { child, said, ended } = spawnFile('server.js', [], { HOST: '127.0.0.1', PORT: '0', ...env });
      meanwhile?.(child);
      const url = await new Promise<string>((resolve, reject) => {
        child.stdout.on('data', () => {
          const ready = /^ready: (\S+)\/cds-services$/m.exec(said.out);
          if (ready?.[1] !== undefined) resolve(ready[1]);
        });
        void ended.then((code) => reject(new Error(`the service ended with ${code} before it was ready: ${said.err}`)));
      });
      return { url, process: child, out: () => said.out, err: () => said.err, ended };
    },
    async run(args, env) {
      const { said, ended } = spawnFile('imsr-cds.js', args, env);
      return { code: await ended, ...said };
    },
    async remove() {
      await Promise.all(
        [...started].map(async (child) => {
          child.kill('SIGKILL');
          if (child.exitCode === null && child.signalCode === null) await once(child, 'close');
        }),
      );
      rmSync(root, { recursive: true, force: true });
    },
  };
}
