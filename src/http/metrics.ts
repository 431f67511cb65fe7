import { Counter, Histogram, Registry, collectDefaultMetrics } from 'prom-client';
import { Durations, PairCounts } from './pending-metrics.js';
import type { MetricsSnapshot } from './summed-metrics.js';
import type { Observer } from '../schemas/observer.js';

const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
/** A label whose values we do not list ourselves may take at most so many; the rest is `other`. */
const MAX_VALUES = 100;
const LABEL = /^[a-z0-9][a-z0-9-]{0,59}$/;

export interface Metrics {
  /** For the road, the record and the store. */
  readonly observer: Observer;
  readonly contentType: string;
  /** One request was answered; `service` is a configured id, or `none`. */
  answered(service: string, status: number, seconds: number): void;
  /** All metrics in the Prometheus text format. */
  render(): Promise<string>;
  /** All metrics as data, to be summed with those of other processes. */
  snapshot(): Promise<MetricsSnapshot>;
}

/** Metrics in a registry of their own, those of the process among them. Labels come from closed lists, so no request can add a time series. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const counter = <L extends string>(name: string, help: string, labelNames: L[], collect?: () => void) =>
    new Counter({ name, help, labelNames, registers: [registry], ...(collect === undefined ? {} : { collect }) });

  const callsSince = new PairCounts<number>();
  const calls = counter('imsr_cds_calls_total', 'Requests answered.', ['service', 'status'], () =>
    callsSince.drain((service, status, count) => calls.inc({ service, status }, count)),
  );
  const durationsSince = new Durations((service, seconds) => duration.observe({ service }, seconds));
  const duration = new Histogram({
    name: 'imsr_cds_call_duration_seconds',
    help: 'Time from request to answer.',
    labelNames: ['service'],
    buckets: SECONDS,
    registers: [registry],
    collect: () => durationsSince.drain(),
  });
  const outcomesSince = new PairCounts<string>();
  const outcomes = counter('imsr_cds_assessments_total', 'Orders assessed, by outcome.', ['service', 'outcome'], () =>
    outcomesSince.drain((service, outcome, count) => outcomes.inc({ service, outcome }, count)),
  );
  const reasonsSince = new PairCounts<string>();
  const reasons = counter(
    'imsr_cds_unknown_total',
    'Criteria that stayed unknown, by reason.',
    ['service', 'reason'],
    () => reasonsSince.drain((service, reason, count) => reasons.inc({ service, reason }, count)),
  );
  const fetches = counter(
    'imsr_cds_fetches_total',
    'What was fetched from FHIR servers, by result: prefetch keys, their pages together, and roles one by one.',
    ['result'],
  );
  const fetching = new Histogram({
    name: 'imsr_cds_fetch_duration_seconds',
    help: 'Time of fetching one prefetch key, its pages together, or one role.',
    buckets: SECONDS,
    registers: [registry],
  });
  const writes = counter('imsr_cds_store_writes_total', 'Receipts and feedback written.', ['kind', 'result']);
  const reasonLabel = closedLabel();
  const resultLabel = closedLabel();

  return {
    contentType: registry.contentType,
    answered(service, status, seconds) {
      callsSince.add(service, status);
      durationsSince.add(service, seconds);
    },
    render: () => registry.metrics(),
    snapshot: () => registry.getMetricsAsJSON(),
    observer: {
      assessed(service, outcome, unknownReasons) {
        outcomesSince.add(service, outcome);
        for (const reason of unknownReasons) reasonsSince.add(service, reasonLabel(reason));
      },
      fetched(result, seconds) {
        fetches.inc({ result: resultLabel(result) });
        fetching.observe(seconds);
      },
      stored(kind, result, count) {
        writes.inc({ kind, result }, count);
      },
    },
  };
}

/** Lets code-like values through until there are too many of them. */
function closedLabel(): (value: string) => string {
  const seen = new Set<string>();
  return (value) => {
    if (seen.has(value)) return value;
    if (!LABEL.test(value) || seen.size >= MAX_VALUES) return 'other';
    seen.add(value);
    return value;
  };
}
