import { afterEach, describe, expect, it, vi } from 'vitest';
import type { FromWorker, ToWorker } from '../../src/bin/workers/messages.js';
import { createMetricsRounds } from '../../src/bin/workers/metrics-rounds.js';
import { sharedMetrics } from '../../src/bin/workers/worker-side.js';
import { createMetrics, type Metrics } from '../../src/http/metrics.js';
import type { MetricsSnapshot } from '../../src/http/summed-metrics.js';

const CALLS = 'imsr_cds_calls_total{service="s",status="200"}';

/** What cannot be summed: a metric that holds no values. */
const ODD = [{ name: 'odd', type: 'counter', help: '', aggregator: 'sum' }] as unknown as MetricsSnapshot;

/** A worker and its line to the rounds, without the processes; every message arrives a turn later. */
function worker(rounds: ReturnType<typeof createMetricsRounds>, id: number, own: Partial<Metrics> = {}): Metrics {
  let hear: (message: ToWorker) => void = () => undefined;
  const listener = { id, send: (message: ToWorker) => void setImmediate(() => hear(message)) };
  rounds.joined(listener);
  return sharedMetrics(
    { ...createMetrics(), ...own },
    {
      send: (message: FromWorker) => void setImmediate(() => rounds.received(listener, message)),
      onMessage: (heard) => void (hear = heard),
    },
  );
}

describe('the metrics of several workers', () => {
  const unhandled = vi.fn();
  process.on('unhandledRejection', unhandled);
  afterEach(() => {
    unhandled.mockClear();
  });
  const nothingUnhandled = async (): Promise<void> => {
    await new Promise((resolve) => setTimeout(resolve, 10));
    expect(unhandled).not.toHaveBeenCalled();
  };

  it('are one page', async () => {
    const rounds = createMetricsRounds();
    const [one, other] = [worker(rounds, 1), worker(rounds, 2)];
    one.answered('s', 200, 0.01);
    other.answered('s', 200, 0.01);
    expect(await one.render()).toContain(`${CALLS} 2`);
  });

  it('that cannot be summed are an error for who asked, and end no process', async () => {
    const rounds = createMetricsRounds();
    const one = worker(rounds, 1);
    worker(rounds, 2, { snapshot: async () => ODD });
    await expect(one.render()).rejects.toThrow('could not be put together');
    await nothingUnhandled();
  });

  it('are those of the others where one cannot give its own, at once', async () => {
    const rounds = createMetricsRounds();
    const one = worker(rounds, 1);
    worker(rounds, 2, { snapshot: async () => Promise.reject(new Error('a gauge failed')) });
    one.answered('s', 200, 0.01);
    const askedAt = performance.now();
    expect(await one.render()).toContain(`${CALLS} 1`);
    expect(performance.now() - askedAt).toBeLessThan(900);
    await nothingUnhandled();
  });

  it('go on where what an ended one left cannot be added', async () => {
    const rounds = createMetricsRounds();
    const one = worker(rounds, 1);
    worker(rounds, 2, { snapshot: async () => ODD });
    await one.render().catch(() => undefined);
    rounds.left(2);
    one.answered('s', 200, 0.01);
    expect(await one.render()).toContain(`${CALLS} 1`);
    await nothingUnhandled();
  });
});
