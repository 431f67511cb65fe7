import path from 'node:path';
import { Kysely } from 'kysely';
import type { Dialect } from 'kysely';
import { CdsError } from '../errors.js';
import type { Observer } from '../schemas/observer.js';
import { silentObserver } from '../schemas/observer.js';
import { claimFile, makeFolder } from './data-folder.js';
import { failureCode, isLasting } from './failure.js';
import { migrate } from './migrations.js';
import { SqlStore } from './sql-store.js';
import { LibsqlDialect } from './sqlite-dialect.js';
import type { Store, StoreLog } from './store.js';
import type { Tables } from './tables.js';

export type StorePlace =
  /** `postgres://…` or `postgresql://…`; for several instances. */
  | { readonly databaseUrl: string }
  /** Directory of the embedded file; made when it is not there. Several processes on one machine may share it. */
  | { readonly dataDir: string };

export type StoreOptions = StorePlace & {
  readonly log: StoreLog;
  /** Told of every write, for the metrics. */
  readonly observer?: Pick<Observer, 'stored'>;
  /** After so long PostgreSQL counts as not answering; 10,000 unless said. */
  readonly queryTimeoutMs?: number;
  /** Size beyond which the embedded file does not grow: feedback is then refused as on a full disk. No limit unless said. */
  readonly maxFileBytes?: number;
};

/** Name of the embedded file inside `dataDir`. */
export const STORE_FILE = 'imsr-cds.sqlite';

const WRITER = { batchSize: 100, flushEveryMs: 50, retryMinMs: 100, retryMaxMs: 5_000, maxPending: 10_000 } as const;
/** Of one process to PostgreSQL. */
const CONNECTIONS = 10;
/** Less than calls get to finish at a stop, so that one that waits for the embedded file is answered. */
const BUSY_TIMEOUT_MS = 5_000;
/** Instances that start at once bring the schema up to date one after the other. */
const START_ATTEMPTS = 3;

/**
 * Opens the store and brings its schema up to date.
 *
 * A database that cannot be reached now is no reason not to start, for cards do not need it: the store then opens, says so in the
 * log, is not ready, and works as soon as the database does.
 *
 * @throws CONFIG_INVALID when no waiting would mend it: no access, not a database of this service
 */
export async function openStore(options: StoreOptions): Promise<Store> {
  const { dialect, forget, demandThere } = await placeFor(options);
  const db = new Kysely<Tables>({ dialect });
  const prepare = once(() => migrate(db));
  try {
    await whenFree(prepare);
  } catch (error) {
    const code = failureCode(error);
    if (isLasting(error)) {
      await db.destroy();
      const place = 'databaseUrl' in options ? 'DATABASE_URL' : 'DATA_DIR';
      throw new CdsError('CONFIG_INVALID', `The store for receipts and feedback (${place}) cannot be used.`, {
        detail: code,
      });
    }
    options.log.error({ code }, 'the store cannot be reached yet; cards are given, feedback is not taken');
  }
  return new SqlStore({
    db,
    prepare,
    forget,
    demandThere,
    log: options.log,
    observer: options.observer ?? silentObserver,
    writer: WRITER,
  });
}

interface Place {
  readonly dialect: Dialect;
  /** Leaves nothing on the disk of what was removed. */
  readonly forget: () => Promise<void>;
  /** @throws when what is written would be lost, since the place is no longer there */
  readonly demandThere: () => Promise<void>;
}

async function placeFor(options: StoreOptions): Promise<Place> {
  if ('databaseUrl' in options) {
    // Loaded only where there is such a database to talk to.
    const { postgresDialect } = await import('./postgres-dialect.js');
    const dialect = postgresDialect({
      databaseUrl: options.databaseUrl,
      log: options.log,
      maxConnections: CONNECTIONS,
      queryTimeoutMs: options.queryTimeoutMs ?? 10_000,
    });
    // Its own vacuum sees to that.
    return { dialect, forget: () => Promise.resolve(), demandThere: () => Promise.resolve() };
  }
  const { dataDir, maxFileBytes } = options;
  const file = path.join(dataDir, STORE_FILE);
  let demandThere: Place['demandThere'];
  try {
    await makeFolder(dataDir);
    // For the owner alone, from the first byte; SQLite gives its side files the same mode.
    demandThere = await claimFile(file);
  } catch (error) {
    const detail = failureCode(error);
    throw new CdsError('CONFIG_INVALID', `The data directory (DATA_DIR, ${dataDir}) cannot be written.`, { detail });
  }
  const dialect = new LibsqlDialect({
    file,
    busyTimeoutMs: BUSY_TIMEOUT_MS,
    ...(maxFileBytes === undefined ? {} : { maxFileBytes }),
  });
  return { dialect, forget: () => dialect.emptyLog(), demandThere };
}

/** Takes a step again for as long as others that start hold the embedded file. */
async function whenFree(step: () => Promise<void>): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await step();
    } catch (error) {
      if (attempt === START_ATTEMPTS || !failureCode(error).startsWith('SQLITE_BUSY')) throw error;
    }
  }
}

/** Runs a step until it has succeeded once; calls that come in meanwhile share the attempt. */
function once(step: () => Promise<void>): () => Promise<void> {
  let attempt: Promise<void> | undefined;
  return () => {
    attempt ??= step().catch((error: unknown) => {
      attempt = undefined;
      throw error;
    });
    return attempt;
  };
}
