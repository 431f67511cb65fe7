import Database from 'libsql/promise';
import type {
  DatabaseConnection,
  DatabaseIntrospector,
  Dialect,
  Driver,
  Kysely,
  QueryCompiler,
  QueryResult,
} from 'kysely';
import { SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler } from 'kysely';
import type { CompiledQuery } from 'kysely';
import { failureCode } from './failure.js';

/** The part of libsql's promise API that is used here; its own declarations leave everything open. */
interface LibsqlDatabase {
  readonly inTransaction: boolean;
  prepare(sql: string): Promise<LibsqlStatement>;
  /** Runs off the event loop, fsync and waiting for a lock included. */
  exec(sql: string): Promise<void>;
  close(): void;
}

interface LibsqlStatement {
  readonly reader: boolean;
  all(parameters: readonly unknown[]): Promise<Record<string, unknown>[]>;
  /** Runs on the event loop: quick inside a transaction, an fsync outside one. */
  run(parameters: readonly unknown[]): { readonly changes: number };
}

export interface SqliteOptions {
  readonly file: string;
  /** How long to wait for another process that is writing. */
  readonly busyTimeoutMs: number;
  /** The file may not grow beyond this; past it a write fails as on a full disk. */
  readonly maxFileBytes?: number;
}

const PAGE_BYTES = 4096;

/**
 * Kysely over libsql, made for one thing: nothing that touches the disk's write queue or waits for another process happens on the
 * event loop. `BEGIN IMMEDIATE`, `COMMIT` and `ROLLBACK` run on libsql's threads; the statements between them only change pages in
 * memory. One connection; several processes may share the file (WAL).
 */
export class LibsqlDialect implements Dialect {
  readonly #driver: LibsqlDriver;

  constructor(options: SqliteOptions) {
    this.#driver = new LibsqlDriver(options);
  }

  createDriver(): Driver {
    return this.#driver;
  }

  /**
   * Brings all commits into the file itself and empties the log beside it, which otherwise keeps what was overwritten in the file.
   *
   * @throws SQLITE_BUSY while another process reads or writes for longer than the time to wait
   */
  emptyLog(): Promise<void> {
    return this.#driver.emptyLog();
  }

  createQueryCompiler(): QueryCompiler {
    return new SqliteQueryCompiler();
  }

  createAdapter(): SqliteAdapter {
    return new LibsqlAdapter();
  }

  createIntrospector(db: Kysely<unknown>): DatabaseIntrospector {
    return new SqliteIntrospector(db);
  }
}

/** SQLite does run DDL in transactions, and `BEGIN IMMEDIATE` is the lock under which two starting processes take turns. */
class LibsqlAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

class LibsqlDriver implements Driver {
  readonly #options: SqliteOptions;
  #database: LibsqlDatabase | undefined;
  #connection: LibsqlConnection | undefined;
  /** Resolves when the one connection is free. */
  #free: Promise<void> = Promise.resolve();
  #release: () => void = () => undefined;

  constructor(options: SqliteOptions) {
    this.#options = options;
  }

  async init(): Promise<void> {
    const database = new Database(this.#options.file, {}) as unknown as LibsqlDatabase;
    try {
      const pragma = (text: string): Promise<void> =>
        untilNotBusy(async () => {
          const statement = await database.prepare(`PRAGMA ${text}`);
          if (statement.reader) await statement.all([]);
          else statement.run([]);
        }, this.#options.busyTimeoutMs);
      // SQLite would wait by holding a thread, and libsql has few of them: who waits here could keep a COMMIT from running.
      await pragma('busy_timeout = 0');
      await pragma(`page_size = ${PAGE_BYTES}`);
      await pragma('journal_mode = WAL');
      // FULL: in WAL mode every commit is synced, so it outlives a power failure; NORMAL would only outlive a crash.
      await pragma('synchronous = FULL');
      await pragma('foreign_keys = ON');
      // What retention removes is overwritten, not merely unlinked.
      await pragma('secure_delete = ON');
      if (this.#options.maxFileBytes !== undefined) {
        await pragma(`max_page_count = ${Math.max(1, Math.floor(this.#options.maxFileBytes / PAGE_BYTES))}`);
      }
    } catch (error) {
      database.close();
      throw error;
    }
    this.#database = database;
    this.#connection = new LibsqlConnection(database, this.#options.busyTimeoutMs);
  }

  async acquireConnection(): Promise<DatabaseConnection> {
    const before = this.#free;
    let release: () => void = () => undefined;
    this.#free = new Promise((resolve) => (release = resolve));
    await before;
    if (this.#connection === undefined) {
      // Whoever waits behind has to learn it too.
      release();
      throw new Error('the database is closed');
    }
    this.#release = release;
    return this.#connection;
  }

  releaseConnection(): Promise<void> {
    this.#release();
    return Promise.resolve();
  }

  async beginTransaction(): Promise<void> {
    // A transaction that starts as a reader and writes later can fail on a busy database without waiting.
    await begin(this.#opened(), this.#options.busyTimeoutMs);
  }

  async commitTransaction(): Promise<void> {
    await this.#opened().exec('COMMIT');
  }

  async rollbackTransaction(): Promise<void> {
    // A full disk makes SQLite roll back by itself; a second time is an error that would hide the first.
    if (this.#opened().inTransaction) await this.#opened().exec('ROLLBACK');
  }

  async emptyLog(): Promise<void> {
    await this.acquireConnection();
    try {
      await untilNotBusy(() => emptyLogOf(this.#opened()), this.#options.busyTimeoutMs);
    } finally {
      await this.releaseConnection();
    }
  }

  async destroy(): Promise<void> {
    const database = this.#database;
    this.#database = undefined;
    this.#connection = undefined;
    if (database === undefined) return;
    // Where another process has the file open, or the disk is full, all that was committed stays in the log and is read from there.
    await emptyLogOf(database).catch(() => undefined);
    database.close();
  }

  #opened(): LibsqlDatabase {
    if (this.#database === undefined) throw new Error('the database is closed');
    return this.#database;
  }
}

/** More texts than the store has; a caller cannot add any. */
const MAX_STATEMENTS = 200;

class LibsqlConnection implements DatabaseConnection {
  readonly #database: LibsqlDatabase;
  /** Statements that write, by their text: preparing one costs more than running it. */
  readonly #writes = new Map<string, LibsqlStatement>();
  readonly #busyTimeoutMs: number;

  constructor(database: LibsqlDatabase, busyTimeoutMs: number) {
    this.#database = database;
    this.#busyTimeoutMs = busyTimeoutMs;
  }

  async executeQuery<R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> {
    if (this.#database.inTransaction) return this.#run<R>(sql, parameters);
    const { reader } = await untilNotBusy(() => this.#database.prepare(sql), this.#busyTimeoutMs);
    await (reader ? beginReading : begin)(this.#database, this.#busyTimeoutMs);
    try {
      const result = await this.#run<R>(sql, parameters);
      await this.#database.exec('COMMIT');
      return result;
    } catch (error) {
      if (this.#database.inTransaction) await this.#database.exec('ROLLBACK');
      throw error;
    }
  }

  async #run<R>(sql: string, parameters: readonly unknown[]): Promise<QueryResult<R>> {
    const statement = this.#writes.get(sql) ?? (await this.#database.prepare(sql));
    if (statement.reader) return { rows: (await statement.all(parameters)) as R[] };
    if (this.#writes.size === MAX_STATEMENTS) this.#writes.clear();
    this.#writes.set(sql, statement);
    return { rows: [], numAffectedRows: BigInt(statement.run(parameters).changes) };
  }

  streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('this store reads in pages, not in streams');
  }
}

async function begin(database: LibsqlDatabase, busyTimeoutMs: number): Promise<void> {
  await untilNotBusy(() => database.exec('BEGIN IMMEDIATE'), busyTimeoutMs);
}

/**
 * Begins with a look at the file, so that the statement after it does not find it busy: one that does stays unfinished until it is
 * garbage, and holds this connection at the commit it last saw. From another process's next commit on nothing could be written
 * (`SQLITE_BUSY_SNAPSHOT`). What `exec` runs is finished in every case.
 */
async function beginReading(database: LibsqlDatabase, busyTimeoutMs: number): Promise<void> {
  await untilNotBusy(async () => {
    await database.exec('BEGIN');
    try {
      await database.exec('SELECT 1 FROM sqlite_schema');
    } catch (error) {
      await database.exec('ROLLBACK');
      throw error;
    }
  }, busyTimeoutMs);
}

/** @source https://sqlite.org/pragma.html#pragma_wal_checkpoint */
async function emptyLogOf(database: LibsqlDatabase): Promise<void> {
  const statement = await database.prepare('PRAGMA wal_checkpoint(TRUNCATE)');
  const [told] = await statement.all([]);
  if (told?.['busy'] === 1) throw Object.assign(new Error('the log is in use'), { code: 'SQLITE_BUSY' });
}

const LONGEST_PAUSE_MS = 25;

/** Tries again, on the event loop's timers, while another process holds the file. */
async function untilNotBusy<T>(attempt: () => Promise<T>, timeoutMs: number): Promise<T> {
  let waitedMs = 0;
  for (let pauseMs = 1; ; pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS)) {
    try {
      return await attempt();
    } catch (error) {
      if (!failureCode(error).startsWith('SQLITE_BUSY') || waitedMs >= timeoutMs) throw error;
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
      waitedMs += pauseMs;
    }
  }
}
