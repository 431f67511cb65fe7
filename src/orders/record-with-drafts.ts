import type { GatheredRecord } from '../schemas/record.js';
import { referenceTo } from '../schemas/resource.js';
import type { Draft } from './drafts.js';

/** A record in which references to the drafts of the call resolve; drafts exist in the call alone. */
export function withDrafts(record: GatheredRecord, drafts: readonly Draft[]): GatheredRecord {
  if (drafts.length === 0) return record;
  const named = new Map(drafts.map(({ order, reference }) => [reference, order]));
  for (const { order } of drafts) {
    const own = referenceTo(order);
    if (own !== undefined) named.set(own, order);
  }
  return {
    resources: record.resources,
    keys: record.keys,
    oneServer: record.oneServer === true,
    byType: (type) => record.byType(type),
    gapIn: (type) => record.gapIn(type),
    resolve: (reference, container) => record.resolve(reference, container) ?? named.get(reference),
  };
}
