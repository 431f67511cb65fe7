import { PostgresDialect } from 'kysely';
import type { PostgresPool, PostgresPoolClient } from 'kysely';
import pg from 'pg';
import { failureCode } from './failure.js';
import type { StoreLog } from './store.js';

export interface PostgresOptions {
  readonly databaseUrl: string;
  readonly log: StoreLog;
  readonly maxConnections: number;
  /** After so long a query counts as not answered. */
  readonly queryTimeoutMs: number;
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
export function postgresDialect({
  databaseUrl,
  log,
  maxConnections,
  queryTimeoutMs,
}: PostgresOptions): PostgresDialect {
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    application_name: 'imsr-cds',
    max: maxConnections,
    connectionTimeoutMillis: 3_000,
    query_timeout: queryTimeoutMs,
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
  return new PostgresDialect({ pool: letsGoOfTheBroken(pool) });
}

/** A failure that is the connection's, and not the database's answer. */
class ConnectionFailed extends Error {
  readonly code: string;

  constructor(cause: unknown) {
    super('the database did not answer on this connection', { cause });
    this.name = 'ConnectionFailed';
    const code = (cause as { readonly code?: unknown } | null)?.code;
    this.code = typeof code === 'string' ? code : 'NO_ANSWER';
  }
}

/**
 * A connection on which a query got no answer is not used again, though it may look whole: the other end can be gone without a
 * word, and what is asked next would wait behind what was asked before.
 */
function letsGoOfTheBroken(pool: pg.Pool): PostgresPool {
  return {
    async connect() {
      const client = await pool.connect();
      let failed: ConnectionFailed | undefined;
      const query = async (sql: string, parameters: readonly unknown[]): Promise<unknown> => {
        if (failed !== undefined) throw failed;
        try {
          return await client.query(sql, [...parameters]);
        } catch (error) {
          if (error instanceof pg.DatabaseError) throw error;
          throw (failed = new ConnectionFailed(error));
        }
      };
      return {
        query: query as PostgresPoolClient['query'],
        release: () => client.release(failed !== undefined),
      };
    },
    end: () => pool.end(),
  };
}
