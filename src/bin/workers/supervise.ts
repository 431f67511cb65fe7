import cluster, { type Worker } from 'node:cluster';
import { randomBytes } from 'node:crypto';
import type { Clock } from '../../clock.js';
import type { Config } from '../../config/config.js';
import { listeningUrl } from '../../config/listening-url.js';
import type { Running } from '../../http/serve.js';
import type { Log } from '../../schemas/log.js';
import { type Supervision, WORKER_ENDED } from '../run-server.js';
import type { FromWorker, ToWorker } from './messages.js';
import { createMetricsRounds } from './metrics-rounds.js';
import { createReplacing } from './replacing.js';

/** Beyond the grace that calls get, for the store to be closed; then a worker is ended. */
const CLOSING_MS = 10_000;

/**
 * Runs the service as `WORKERS` processes that share one port, and replaces each that ends.
 *
 * The first worker starts alone, so that a fault in the data or an address in use is said once, and so that it alone
 * brings the store's schema up to date.
 */
export function superviseWorkers(config: Config, log: Log, clock: Clock): Supervision {
  const { host, workers: count, tls, shutdownGraceMs } = config.http;
  const alive = new Set<Worker>();
  /** Of these, those that may have accepted calls. */
  const listening = new Set<Worker>();
  /** Workers that are to take the place of others. */
  const due = new Set<NodeJS.Timeout>();
  const rounds = createMetricsRounds();
  const replacing = createReplacing(clock);
  // What one worker signs another must recognise.
  const env =
    config.report.linkSecret === undefined ? { REPORT_LINK_SECRET: randomBytes(32).toString('base64url') } : {};
  let clean = true;
  /** Set once it is to stop. */
  let stopped: Promise<'finished' | 'cut-off'> | undefined;

  /**
   * Starts one worker; resolves with the port that it listens on, rejects when it ends before that. One of the first that
   * does so fails the start; every other that ends is replaced.
   */
  const begin = (of: 'start' | 'replacing'): Promise<number> =>
    new Promise((resolve, reject) => {
      let isReplaced = of === 'replacing';
      const worker = cluster.fork(env);
      const send = (message: ToWorker): void => void (worker.isConnected() && worker.send(message));
      const listener = { id: worker.id, send };
      const startedAtMs = clock.nowMs();
      alive.add(worker);
      worker.once('listening', ({ port }) => {
        isReplaced = true;
        listening.add(worker);
        rounds.joined(listener);
        resolve(port);
      });
      worker.on('message', (message: FromWorker) => rounds.received(listener, message));
      worker.on('error', () => undefined);
      worker.once('exit', (code, signal) => {
        alive.delete(worker);
        rounds.left(worker.id);
        // One that did not listen yet had no calls that could be cut off.
        if (listening.delete(worker) && code !== 0) clean = false;
        if (isReplaced && stopped === undefined) replace(worker.id, startedAtMs, code, signal);
        const how = signal ?? `exit code ${code}`;
        reject(Object.assign(new Error(`a worker ended before it listened (${how})`), { code: WORKER_ENDED }));
      });
    });

  const replace = (id: number, startedAtMs: number, code: number, signal: string | null): void => {
    const delayMs = replacing.delayAfter(startedAtMs);
    log.warn(
      { part: 'workers', worker: id, exitCode: code, signal, delayMs },
      'a worker ended; another takes its place',
    );
    // It may be all that keeps this process: nothing else does while no worker is alive.
    const timer = setTimeout(() => {
      due.delete(timer);
      // What becomes of it is said by its own end.
      begin('replacing').catch(() => undefined);
    }, delayMs);
    due.add(timer);
  };

  const stop = async (): Promise<'finished' | 'cut-off'> => {
    for (const timer of due) clearTimeout(timer);
    clean = true;
    const ends = [...alive].map((worker) => {
      const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
      // What one that is still being loaded is told nobody hears, and it would serve until it is killed.
      if (!listening.has(worker)) worker.process.kill('SIGTERM');
      else if (worker.isConnected()) worker.send({ kind: 'stop' } satisfies ToWorker);
      return ended;
    });
    const limit = setTimeout(killAll, shutdownGraceMs + CLOSING_MS);
    await Promise.all(ends);
    clearTimeout(limit);
    return clean ? 'finished' : 'cut-off';
  };

  const killAll = (): void => {
    for (const worker of alive) worker.process.kill('SIGKILL');
  };

  const stopOnce = (): Promise<'finished' | 'cut-off'> => (stopped ??= stop());

  return {
    warnings: config.warnings,
    stop: stopOnce,
    async start(): Promise<Running> {
      // Workers accept for themselves: a connection that this process was handing to a worker that dies stays open for
      // ever with nobody at its end.
      cluster.schedulingPolicy = cluster.SCHED_NONE;
      cluster.setupPrimary({ serialization: 'advanced' });
      process.on('exit', killAll);
      const port = await begin('start');
      if (stopped === undefined) await Promise.all(Array.from({ length: count - 1 }, () => begin('start')));
      return { url: listeningUrl(host, port, tls !== undefined), stop: stopOnce };
    },
  };
}
