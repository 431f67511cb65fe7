import type { GapReason, GatheredKey, GatheredRecord } from '../schemas/record.js';
import type { Resource } from '../schemas/resource.js';
import { readBaseUrl } from '../schemas/url.js';
import { containedById, containersIn } from './containers.js';
import { gapInKeys, worseGap } from './gaps.js';
import { Homes } from './homes.js';
import { husksOf } from './husks.js';
import { firstOf, type Kept, NamedEntries, type RecordEntry, restOf } from './named-entries.js';
import { compareVersions, markedAlike, newestOf, sayTheSame } from './newer-version.js';
import { parseReference } from './reference.js';

const NO_RESOURCES: readonly Resource[] = [];

/**
 * Makes a record of what was received: every distinct resource once, with the look-ups the assessment needs.
 *
 * Two entries are one resource when type and id are the same, unless their fullUrls name different servers; the one
 * with the later `meta.lastUpdated` (else the higher `meta.versionId`) is kept in the place of the first. Where none is the newest and
 * they say different things, or the newest could not be read, none is kept and part of its type counts as unreadable.
 * What could not be read of a kind of which the newest counts leaves a husk behind the others ({@link husksOf}).
 * Nothing is copied and nothing is frozen.
 *
 * @param base the FHIR server that entries without a fullUrl come from, when known
 * @param unread resources that came as well and could not be read
 */
export function indexRecord(
  entries: readonly RecordEntry[],
  keys: readonly GatheredKey[],
  base?: string,
  unread: readonly RecordEntry[] = [],
): GatheredRecord {
  return new IndexedRecord(entries, keys, base === undefined ? undefined : readBaseUrl(base), unread);
}

class IndexedRecord implements GatheredRecord {
  readonly resources: readonly Resource[];
  readonly #kept = new NamedEntries();
  readonly #homes: Homes;
  readonly #types: ReadonlyMap<string, readonly Resource[]>;
  /** References that were resolved by name alone: many name the same few resources. */
  readonly #resolved = new Map<string, Resource>();
  /** Types of which a resource is not to be had, since nobody can tell which of its copies holds, or that one cannot be read. */
  readonly #torn = new Set<string>();
  #byUrl: Map<string, RecordEntry> | undefined;
  #containers: ReadonlyMap<object, Resource> | undefined;
  /** Contained resources by id, of the containers that were asked for one. */
  readonly #contained = new WeakMap<Resource, ReadonlyMap<string, Resource | undefined>>();

  constructor(
    private readonly entries: readonly RecordEntry[],
    readonly keys: readonly GatheredKey[],
    private readonly base: string | undefined,
    unread: readonly RecordEntry[],
  ) {
    this.#homes = new Homes(entries, base);
    const resources: Resource[] = [];
    const types = new Map<string, Resource[]>();
    const several = new Set<Kept>();
    const addCopy = (kept: Kept, copy: RecordEntry): void => {
      (kept.copies ??= [kept.entry]).push(copy);
      several.add(kept);
    };
    // Resources of one type come in a row, so the places for a type are seldom looked up.
    let type: string | undefined;
    let ofType: Resource[] = [];
    let idsOfType = new Map<string, Kept>();
    for (const entry of entries) {
      const { resource, fullUrl } = entry;
      const { resourceType, id } = resource;
      if (resourceType !== type) {
        type = resourceType;
        ofType = listOf(types, type);
        idsOfType = this.#kept.group(type);
      }
      const hasId = typeof id === 'string' && id !== '';
      if (!hasId && fullUrl === undefined) {
        resources.push(resource);
        ofType.push(resource);
        continue;
      }
      const names = hasId ? idsOfType : this.#kept.group(firstOf(fullUrl!));
      const name = hasId ? id : restOf(fullUrl!);
      const same = names.get(name);
      const twin = same === undefined ? undefined : this.#sameServer(same, entry);
      if (twin === undefined) {
        names.set(name, { entry, position: resources.length, behind: this.#behindNext(same) });
        resources.push(resource);
        ofType.push(resource);
      } else {
        const held = twin.entry.resource;
        if (held === resource || (markedAlike(held, resource) && sayTheSame(held, resource))) continue;
        addCopy(twin, entry);
        if (compareVersions(held, resource) < 0) twin.entry = entry;
      }
    }
    const lost: Resource[] = [];
    for (const entry of unread) {
      const twin = this.#twinOf(entry);
      if (twin === undefined) lost.push(entry.resource);
      else addCopy(twin, entry);
    }
    const illegible = new Set(unread);
    for (const kept of several) lost.push(...this.#settle(kept, illegible));
    const whole = several.size === 0 ? resources : placed(resources, several);
    const readTypes = several.size === 0 ? types : byTypes(whole);
    const husks = husksOf(lost, (name) => readTypes.get(name) ?? NO_RESOURCES);
    this.resources = husks.length === 0 ? whole : [...whole, ...husks];
    this.#types = husks.length === 0 ? readTypes : byTypes(this.resources);
  }

  /** The resource of which an entry is a copy. */
  #twinOf(entry: RecordEntry): Kept | undefined {
    const { resourceType, id } = entry.resource;
    const hasId = typeof id === 'string' && id !== '';
    if (!hasId && entry.fullUrl === undefined) return undefined;
    const first = hasId ? this.#kept.findResource(resourceType, id) : this.#kept.find(entry.fullUrl!);
    return first === undefined ? undefined : this.#sameServer(first, entry);
  }

  /**
   * Chooses the copy of a resource that holds, where that can be told and it can be read.
   * @returns else the copies of which one may hold
   */
  #settle(kept: Kept, illegible: ReadonlySet<RecordEntry>): readonly Resource[] {
    const newest = newestOf(kept.copies!);
    const [first] = newest;
    if (newest.every((copy) => !illegible.has(copy) && sayTheSame(first!.resource, copy.resource))) {
      if (!newest.includes(kept.entry)) kept.entry = first!;
      return NO_RESOURCES;
    }
    kept.lost = true;
    this.#torn.add(first!.resource.resourceType);
    return newest.map(({ resource }) => resource);
  }

  get oneServer(): boolean {
    return this.#homes.known().size < 2;
  }

  byType(resourceType: string): readonly Resource[] {
    return this.#types.get(resourceType) ?? NO_RESOURCES;
  }

  /**
   * The rule of FHIR's Bundle, kept on the safe side: an absolute reference is only ever answered by a resource of
   * that server. A resource that came without an address counts as one of a server that this record knows (its
   * fullUrls, and the FHIR server of the call); only in a record that knows no server at all any base will do.
   * A reference that fits two resources, or another version than the one held, resolves to nothing.
   *
   * @source https://hl7.org/fhir/R4/bundle.html#references
   */
  resolve(reference: string, container?: Resource): Resource | undefined {
    if (typeof reference !== 'string' || reference === '') return undefined;
    if (reference.startsWith('#')) return this.#resolveContained(reference, container);
    const before = this.#resolved.get(reference);
    if (before !== undefined) return before;
    const direct = this.#kept.find(reference);
    // With one server there are no two resources of one name.
    if (direct !== undefined && this.oneServer) {
      if (direct.lost === true) return undefined;
      this.#resolved.set(reference, direct.entry.resource);
      return direct.entry.resource;
    }
    const parsed = parseReference(reference);
    if (parsed === undefined) return this.#byFullUrl(reference)?.resource;
    const first = this.#kept.findResource(parsed.type, parsed.id);
    const meant = first === undefined ? undefined : this.#meant(first, parsed.base, container);
    const found = meant?.lost === true ? undefined : meant?.entry.resource;
    if (found === undefined || parsed.version === undefined) return found;
    const held = (found['meta'] as { versionId?: unknown } | undefined)?.versionId;
    return held === undefined || held === parsed.version ? found : undefined;
  }

  meansOne(reference: string): boolean {
    if (this.oneServer) return true;
    const resource = this.resolve(reference);
    return this.base !== undefined && resource !== undefined && this.resolve(`${this.base}/${reference}`) === resource;
  }

  containerOf(resource: Resource): Resource | undefined {
    return (this.#containers ??= containersIn(this.resources)).get(resource);
  }

  gapIn(resourceType: string): GapReason | undefined {
    const gap = gapInKeys(this.keys, resourceType);
    return this.#torn.has(resourceType) ? worseGap(gap, 'unreadable') : gap;
  }

  #resolveContained(reference: string, container: Resource | undefined): Resource | undefined {
    if (container === undefined || reference === '#') return container;
    let byId = this.#contained.get(container);
    if (byId === undefined) this.#contained.set(container, (byId = containedById(container)));
    return byId.get(reference.slice(1));
  }

  /** The one of the resources of a name that a reference can mean; nothing where it can mean several. */
  #meant(first: Kept, base: string | undefined, container: Resource | undefined): Kept | undefined {
    const home = this.#homes.of(first.entry);
    if (base !== undefined) {
      const wanted = this.#homes.normal(base);
      return wanted === undefined ? undefined : onlyOne(first, wanted, this.#homes.isOn(home, wanted));
    }
    // A relative reference means a resource of the server of its container, where that is known.
    const only = first.behind === undefined;
    if (container === undefined || (only && (home === undefined || this.oneServer))) return only ? first : undefined;
    const own = this.#homes.ofResource(container);
    if (own === undefined) return only ? first : undefined;
    return onlyOne(first, own, home === undefined || home === own);
  }

  /** The resource that an entry is another version of, among those of its name. One of an unknown server may be any. */
  #sameServer(first: Kept, entry: RecordEntry): Kept | undefined {
    const home = this.#homes.of(entry);
    if (home === undefined) return first;
    const other = this.#homes.of(first.entry);
    return other === undefined || other === home ? first : first.behind?.get(home)?.at(-1);
  }

  /** What is behind a new resource, before what was the first of its name until now. */
  #behindNext(first: Kept | undefined): Map<string, Kept[]> | undefined {
    if (first === undefined) return undefined;
    const behind = first.behind ?? new Map<string, Kept[]>();
    // Of an unknown server it would have been taken for the same resource.
    const home = this.#homes.of(first.entry)!;
    const same = behind.get(home);
    if (same === undefined) behind.set(home, [first]);
    else same.push(first);
    return behind;
  }

  /** The entry of a `urn:` or other fullUrl; the newest version when the resource came more than once. */
  #byFullUrl(url: string): RecordEntry | undefined {
    if (this.#byUrl === undefined) {
      this.#byUrl = new Map();
      for (const entry of this.entries) {
        if (entry.fullUrl === undefined) continue;
        const held = this.#twinOf(entry);
        if (held !== undefined && held.lost !== true) this.#byUrl.set(entry.fullUrl, held.entry);
      }
    }
    return this.#byUrl.get(url);
  }
}

/** Of the resources of a name the only one of a server, when the first of them counts as one of it or does not. */
function onlyOne(first: Kept, server: string, firstCounts: boolean): Kept | undefined {
  const behind = first.behind?.get(server) ?? [];
  if (firstCounts) return behind.length === 0 ? first : undefined;
  return behind.length === 1 ? behind[0] : undefined;
}

function listOf(lists: Map<string, Resource[]>, type: string): Resource[] {
  let list = lists.get(type);
  if (list === undefined) lists.set(type, (list = []));
  return list;
}

/** The resources with what became of those that came in several copies. */
function placed(resources: readonly Resource[], several: Iterable<Kept>): readonly Resource[] {
  const held: (Resource | undefined)[] = [...resources];
  for (const { position, lost, entry } of several) held[position] = lost === true ? undefined : entry.resource;
  return held.filter((resource) => resource !== undefined);
}

function byTypes(resources: readonly Resource[]): ReadonlyMap<string, readonly Resource[]> {
  const types = new Map<string, Resource[]>();
  for (const resource of resources) listOf(types, resource.resourceType).push(resource);
  return types;
}
