import { execFile, execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { chmod, chown, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Where Debian's package keeps `initdb` and `pg_ctl`; the newest version that is installed. */
function binaries(): string | undefined {
  const root = '/usr/lib/postgresql';
  if (!existsSync(root)) return undefined;
  const versions = readdirSync(root).filter((version) => existsSync(path.join(root, version, 'bin', 'initdb')));
  const newest = versions.sort((a, b) => Number(b) - Number(a))[0];
  return newest === undefined ? undefined : path.join(root, newest, 'bin');
}

const BIN = binaries();

/** Why PostgreSQL cannot be tested here; nothing when it can. */
export const POSTGRES_ABSENT =
  BIN === undefined ? 'PostgreSQL is not installed (apt-get install postgresql)' : undefined;

/** PostgreSQL refuses to run as root: then it runs as the user that the package made. */
function account(): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) return {};
  const id = (flag: string): number => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}

export interface PostgresServer {
  /** Makes an empty database and gives its URL. */
  createDatabase(): Promise<string>;
  /** `immediate` is a crash: nothing is finished or written. */
  stop(mode: 'fast' | 'immediate'): Promise<void>;
  start(): Promise<void>;
  remove(): Promise<void>;
}

/** A server of its own in a temporary directory, reachable over a socket there and nowhere else. */
export async function startPostgres(): Promise<PostgresServer> {
  if (BIN === undefined) throw new Error(POSTGRES_ABSENT);
  const bin = BIN;
  const user = account();
  const directory = await mkdtemp(path.join(tmpdir(), 'imsr-cds-pg-'));
  if (user.uid !== undefined && user.gid !== undefined) await chown(directory, user.uid, user.gid);
  await chmod(directory, 0o700);
  const data = path.join(directory, 'data');
  const call = async (program: string, args: readonly string[]): Promise<void> => {
    await run(path.join(bin, program), [...args], { ...user, cwd: directory });
  };
  let running = false;
  let databases = 0;
  const server: PostgresServer = {
    async createDatabase() {
      databases += 1;
      await call('createdb', ['-h', directory, '-U', 'postgres', `store${databases}`]);
      return `postgres://postgres@localhost/store${databases}?host=${encodeURIComponent(directory)}`;
    },
    async stop(mode) {
      await call('pg_ctl', ['stop', '-w', '-D', data, '-m', mode]);
      running = false;
    },
    async start() {
      const settings = `-c listen_addresses='' -c unix_socket_directories='${directory}' -c max_connections=40`;
      await call('pg_ctl', ['start', '-w', '-D', data, '-l', path.join(directory, 'log'), '-o', settings]);
      running = true;
    },
    async remove() {
      if (running) await server.stop('immediate');
      await rm(directory, { recursive: true, force: true });
    },
  };
  await call('initdb', ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync']);
  await server.start();
  return server;
}
