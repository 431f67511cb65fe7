import { containersIn } from '../record/containers.js';
import type { GatheredRecord } from '../schemas/record.js';
import { type Draft, namesOf } from './drafts.js';

/** A record in which references to the drafts of the call resolve, but for those about another patient; drafts exist in the call alone. */
export function withDrafts(record: GatheredRecord, drafts: readonly Draft[]): GatheredRecord {
  if (drafts.length === 0) return record;
  const own = drafts.filter(({ ofAnother }) => ofAnother !== true);
  const named = new Map(own.flatMap((draft) => namesOf(draft).map((name) => [name, draft.order])));
  const containers = containersIn(own.map(({ order }) => order));
  return {
    resources: record.resources,
    keys: record.keys,
    oneServer: record.oneServer === true,
    byType: (type) => record.byType(type),
    containerOf: (resource) => containers.get(resource) ?? record.containerOf?.(resource),
    gapIn: (type) => record.gapIn(type),
    resolve: (reference, container) => record.resolve(reference, container) ?? named.get(reference),
  };
}
