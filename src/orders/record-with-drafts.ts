import { containersIn } from '../record/containers.js';
import type { GatheredRecord } from '../schemas/record.js';
import type { Resource } from '../schemas/resource.js';
import { type Draft, namesOf } from './drafts.js';

/**
 * A record in which references to the drafts of the call resolve, but for those about another patient; drafts exist in the call
 * alone. What two of them are called means neither.
 */
export function withDrafts(record: GatheredRecord, drafts: readonly Draft[]): GatheredRecord {
  if (drafts.length === 0) return record;
  const named = new Map<string, Resource | undefined>();
  for (const draft of drafts) {
    const { order, ofAnother } = draft;
    for (const name of namesOf(draft)) named.set(name, named.has(name) || ofAnother === true ? undefined : order);
  }
  const containers = containersIn(drafts.map(({ order }) => order));
  return {
    resources: record.resources,
    keys: record.keys,
    oneServer: record.oneServer === true,
    byType: (type) => record.byType(type),
    gapIn: (type) => record.gapIn(type),
    resolve: (reference, container) => record.resolve(reference, container) ?? named.get(reference),
    meansOne: (reference) =>
      named.has(reference) ? named.get(reference) !== undefined : record.meansOne?.(reference) !== false,
    containerOf: (resource) => containers.get(resource) ?? record.containerOf?.(resource),
  };
}
