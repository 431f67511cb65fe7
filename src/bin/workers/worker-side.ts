import type { Metrics } from '../../http/metrics.js';
import type { Process } from '../run-server.js';
import type { FromWorker, ToWorker } from './messages.js';

/** A worker's line to the first process. */
export interface WorkerLine {
  send(message: FromWorker): void;
  onMessage(listener: (message: ToWorker) => void): void;
}

/** This process's line to the process that started it. */
export const lineToPrimary: WorkerLine = {
  send: (message) => void process.send?.(message),
  onMessage: (listener) => void process.on('message', (message) => listener(message as ToWorker)),
};

/**
 * A worker as the service sees its process: asked to stop by the first process or by SIGTERM, whichever comes first, and
 * once. SIGINT is left to the first process, for a terminal sends it to all of them; so is the ready line.
 */
export function workerProcess(outer: Process, line: WorkerLine): Process {
  return {
    ...outer,
    say: () => undefined,
    on: (signal, listener) => {
      if (signal === 'SIGINT') return outer.on('SIGINT', () => undefined);
      let asked = false;
      const once = (): void => {
        if (asked) return;
        asked = true;
        listener();
      };
      line.onMessage(({ kind }) => {
        if (kind === 'stop') once();
      });
      return outer.on('SIGTERM', once);
    },
  };
}

/** Metrics whose page is that of all workers together, made by the first process. */
export function sharedMetrics(own: Metrics, line: WorkerLine): Metrics {
  const waiting = new Map<number, { answer(page: string): void; fail(error: Error): void }>();
  let questions = 0;
  line.onMessage((message) => {
    if (message.kind === 'metrics') {
      const asked = waiting.get(message.question);
      waiting.delete(message.question);
      if (message.page === undefined) asked?.fail(new Error('the metrics of the workers could not be put together'));
      else asked?.answer(message.page);
    } else if (message.kind === 'snapshot-wanted') {
      const { round } = message;
      own.snapshot().then(
        (snapshot) => line.send({ kind: 'snapshot', round, snapshot }),
        // This process is then shown as it was at the last round.
        () => line.send({ kind: 'snapshot', round }),
      );
    }
  });
  return {
    ...own,
    render: () =>
      new Promise((answer, fail) => {
        questions += 1;
        waiting.set(questions, { answer, fail });
        line.send({ kind: 'metrics-wanted', question: questions });
      }),
  };
}
