import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { StorePlace } from '../../src/store/open-store.js';
import type { PostgresServer } from './postgres-server.js';
import { POSTGRES_ABSENT, startPostgres } from './postgres-server.js';

/** One kind of database, and a fresh place in it for each test. */
export interface Place {
  readonly name: string;
  /** Why it cannot be tested here. */
  readonly absent: string | undefined;
  begin(): Promise<void>;
  /** Options that open an empty store; opening with them again opens the same one. */
  fresh(): Promise<StorePlace>;
  end(): Promise<void>;
}

function embedded(): Place {
  const directories: string[] = [];
  return {
    name: 'SQLite',
    absent: undefined,
    begin: () => Promise.resolve(),
    async fresh() {
      const dataDir = await mkdtemp(path.join(tmpdir(), 'imsr-cds-store-'));
      directories.push(dataDir);
      return { dataDir };
    },
    async end() {
      for (const directory of directories) await rm(directory, { recursive: true, force: true });
    },
  };
}

function postgres(): Place {
  let server: PostgresServer | undefined;
  return {
    name: 'PostgreSQL',
    absent: POSTGRES_ABSENT,
    async begin() {
      server = await startPostgres();
    },
    async fresh() {
      if (server === undefined) throw new Error('PostgreSQL was not started');
      return { databaseUrl: await server.createDatabase() };
    },
    async end() {
      await server?.remove();
    },
  };
}

export const PLACES: readonly Place[] = [embedded(), postgres()];
