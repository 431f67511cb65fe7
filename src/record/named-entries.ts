import type { Resource } from '../schemas/resource.js';

/** A resource with the address under which it came. */
export interface RecordEntry {
  readonly resource: Resource;
  readonly fullUrl?: string | undefined;
}

/** One distinct resource, and behind it those of the same `Type/id` from other servers. */
export interface Kept {
  entry: RecordEntry;
  /** In the list of all distinct resources. */
  readonly position: number;
  /** Every copy of it that came, where they differ in what they say or in the marks of their version. */
  copies?: RecordEntry[];
  /** Which of its copies holds cannot be told, or that one cannot be read. */
  lost?: boolean;
  /** Those that came before it, by the server of which they are; each of these has one that is known and never changes. */
  readonly behind: Map<string, Kept[]> | undefined;
}

/**
 * Distinct resources by name: `Type/id`, or the fullUrl of one without an id.
 *
 * In two steps, what stands before the first slash and what stands behind it, so that no name has to be put together
 * for each resource.
 */
export class NamedEntries {
  readonly #groups = new Map<string, Map<string, Kept>>();

  /** The resources of which the name begins with this and a slash, by the rest of their names. */
  group(first: string): Map<string, Kept> {
    let group = this.#groups.get(first);
    if (group === undefined) this.#groups.set(first, (group = new Map<string, Kept>()));
    return group;
  }

  find(name: string): Kept | undefined {
    return this.#groups.get(firstOf(name))?.get(restOf(name));
  }

  findResource(type: string, id: string): Kept | undefined {
    return this.#groups.get(type)?.get(id);
  }
}

/**
 * How many different resources these are: pages that shift while they are read, and servers that join badly, give one twice.
 * One without a name counts as another one.
 */
export function countDifferent(entries: readonly RecordEntry[]): number {
  const names = new Set<unknown>();
  for (const { resource, fullUrl } of entries) {
    const { resourceType, id } = resource;
    names.add(typeof id === 'string' ? `${resourceType}/${id}` : (fullUrl ?? resource));
  }
  return names.size;
}

/** Before the first slash; empty when there is none. */
export function firstOf(name: string): string {
  const slash = name.indexOf('/');
  return slash < 0 ? '' : name.slice(0, slash);
}

/** Behind the first slash; everything when there is none. */
export function restOf(name: string): string {
  return name.slice(name.indexOf('/') + 1);
}
