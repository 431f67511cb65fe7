import { AggregatorRegistry, type MetricObjectWithValues, type MetricValue } from 'prom-client';

/** All metrics of one process as data. */
export type MetricsSnapshot = readonly MetricObjectWithValues<MetricValue<string>>[];

/** The metrics of several processes as one page in the Prometheus text format; each metric says how it is summed. */
export function summedMetrics(snapshots: readonly MetricsSnapshot[]): Promise<string> {
  return AggregatorRegistry.aggregate(snapshots.map((snapshot) => [...snapshot])).metrics();
}

/**
 * What a process that has ended leaves behind: its counts, added to those of earlier ones. Without them the sums would
 * fall, and a fall reads as a restart of everything. Its memory and its event loop are gone with it.
 */
export async function countsLeftBy(ended: MetricsSnapshot, earlier: MetricsSnapshot): Promise<MetricsSnapshot> {
  // The type is a name as data, whatever the declarations say of it.
  const counts = ended.filter(({ type }) => ['counter', 'histogram'].includes(String(type)));
  return AggregatorRegistry.aggregate([[...counts], [...earlier]]).getMetricsAsJSON();
}
