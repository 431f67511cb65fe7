import { PostgresDialect } from 'kysely';
import pg from 'pg';
import { failureCode } from './failure.js';
import type { StoreLog } from './store.js';

export interface PostgresOptions {
  readonly databaseUrl: string;
  readonly log: StoreLog;
  readonly maxConnections: number;
}

const INT8 = pg.types.builtins.INT8;

/** Counts and milliseconds are far below 2^53, so int8 comes back as a number here and, as pg has it, as text elsewhere. */
const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    oid === INT8 && format !== 'binary'
      ? Number
      : pg.types.getTypeParser(oid, format as 'text')) as typeof pg.types.getTypeParser,
};

/** Kysely over a pool that gives up in seconds: a call that waits for a dead database would hold up a feedback client for minutes. */
export function postgresDialect({ databaseUrl, log, maxConnections }: PostgresOptions): PostgresDialect {
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    application_name: 'imsr-cds',
    max: maxConnections,
    connectionTimeoutMillis: 3_000,
    query_timeout: 10_000,
    keepAlive: true,
    types,
    // Acknowledged means on disk, whatever the database's own default is. A connection on which this fails is not used.
    onConnect: async (client) => {
      await client.query('set synchronous_commit = on');
    },
  } as pg.PoolConfig);
  // Without listeners a connection that breaks, idle or in use, would end the process. Whoever uses it gets the error as well.
  const lost = (error: unknown): void => log.warn({ code: failureCode(error) }, 'a database connection was lost');
  pool.on('error', lost);
  pool.on('connect', (client) => client.on('error', lost));
  return new PostgresDialect({ pool });
}
