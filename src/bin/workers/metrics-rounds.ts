import { countsLeftBy, type MetricsSnapshot, summedMetrics } from '../../http/summed-metrics.js';
import type { FromWorker, ToWorker } from './messages.js';

/** A worker that does not answer within this time is shown as it was at the last round. */
const ANSWER_TIMEOUT_MS = 1000;

/** A worker as the rounds see it. */
export interface Listener {
  readonly id: number;
  send(message: ToWorker): void;
}

export interface MetricsRounds {
  /** A worker that listens. */
  joined(worker: Listener): void;
  /** A worker that has ended: its counts stay, its gauges go. */
  left(id: number): void;
  received(from: Listener, message: FromWorker): void;
}

/** Puts the metrics of all workers together whenever one of them is asked for its page. */
export function createMetricsRounds(): MetricsRounds {
  const workers = new Map<number, Listener>();
  const latest = new Map<number, MetricsSnapshot>();
  const open = new Map<number, { readonly missing: Set<number>; end(): void }>();
  let ofTheDead: Promise<MetricsSnapshot> = Promise.resolve([]);
  let rounds = 0;

  const answered = (round: number, id: number): void => {
    const asked = open.get(round);
    if (asked?.missing.delete(id) === true && asked.missing.size === 0) asked.end();
  };

  const page = async (): Promise<string> => {
    const round = (rounds += 1);
    await new Promise<void>((resolve) => {
      const timeout = setTimeout(resolve, ANSWER_TIMEOUT_MS);
      const end = (): void => {
        clearTimeout(timeout);
        resolve();
      };
      open.set(round, { missing: new Set(workers.keys()), end });
      for (const worker of workers.values()) worker.send({ kind: 'snapshot-wanted', round });
    });
    open.delete(round);
    return summedMetrics([await ofTheDead, ...latest.values()]);
  };

  return {
    joined: (worker) => void workers.set(worker.id, worker),
    left: (id) => {
      const last = latest.get(id);
      workers.delete(id);
      latest.delete(id);
      if (last !== undefined) ofTheDead = ofTheDead.then((earlier) => countsLeftBy(last, earlier).catch(() => earlier));
      for (const round of open.keys()) answered(round, id);
    },
    received: (from, message) => {
      if (message.kind === 'snapshot') {
        if (message.snapshot !== undefined && workers.has(from.id)) latest.set(from.id, message.snapshot);
        answered(message.round, from.id);
      } else {
        const { question } = message;
        page().then(
          (text) => from.send({ kind: 'metrics', question, page: text }),
          () => from.send({ kind: 'metrics', question }),
        );
      }
    },
  };
}
