import type { GatheredRecord } from '../schemas/record.js';
import { referenceTo, type Resource } from '../schemas/resource.js';
import type { Draft } from './drafts.js';

/** Nothing is known but the call itself; used to see at once whether any order in it matters. */
export const EMPTY_RECORD: GatheredRecord = {
  resources: [],
  keys: [],
  byType: () => [],
  resolve: (reference, container) =>
    reference.startsWith('#') ? containedIn(container, reference.slice(1)) : undefined,
  gapIn: () => 'not-gathered',
};

function containedIn(container: Resource | undefined, id: string): Resource | undefined {
  const contained: unknown = container?.['contained'];
  return Array.isArray(contained) ? (contained as Resource[]).find((resource) => resource?.id === id) : undefined;
}

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
