import type { Json } from '../schemas/json-object.js';
import { isResource, type Resource } from '../schemas/resource.js';
import { withItemsLifted } from './lift-items.js';
import type { RecordEntry } from './named-entries.js';
import { isPartial } from './partial.js';
import { isReadable } from './readable.js';

/** How an entry came to be in a search result; absent when the server does not say. */
export type SearchMode = 'match' | 'include' | 'outcome';

export interface BundleEntry extends RecordEntry {
  readonly mode: SearchMode | undefined;
}

/** One Bundle, read without trust: what could be read, and what could not. */
export interface BundleReading {
  /** Readable resources, OperationOutcomes not among them. */
  readonly entries: readonly BundleEntry[];
  readonly outcomes: readonly Resource[];
  /** How many entries came and are neither of these, since they could not be read. */
  readonly dropped: number;
  /** Of these the resources, as they came. */
  readonly unread: readonly RecordEntry[];
  /** Something in it could not be read: an entry without a resource, a Bundle in a Bundle, a resource that is not readable, a number of matches that is none, no list at all. */
  readonly unreadable: boolean;
  /** The `next` link as written; `''` when there is one that cannot be read. */
  readonly next: string | undefined;
  /** Another page comes before this one. */
  readonly later: boolean;
  /** It says of itself or of a resource that something was left out. */
  readonly partial: boolean;
  /** Number of matches on all pages, as the server counts them. */
  readonly total: number | undefined;
}

const NOTHING = {};

/** Reads any Bundle-like resource. Never throws. */
export function readBundle(bundle: Resource): BundleReading {
  const entries: BundleEntry[] = [];
  const outcomes: Resource[] = [];
  const list = bundle['entry'];
  let unreadable = list !== undefined && !Array.isArray(list);
  let dropped = 0;
  const unread: RecordEntry[] = [];
  let partial = isPartial(bundle);
  for (const entry of Array.isArray(list) ? (list as unknown[]) : []) {
    const { resource, fullUrl, search } = (entry ?? NOTHING) as Json;
    const url = typeof fullUrl === 'string' ? fullUrl : undefined;
    const mode = (search as { mode?: unknown } | null | undefined)?.mode;
    if (!isResource(resource)) dropped += 1;
    else if (resource.resourceType === 'OperationOutcome' || mode === 'outcome') outcomes.push(resource);
    else if (resource.resourceType === 'Bundle' || !isReadable(resource)) {
      dropped += 1;
      unread.push({ resource, fullUrl: url });
    } else {
      partial ||= isPartial(resource);
      entries.push({
        resource: withItemsLifted(resource),
        fullUrl: url,
        mode: mode === 'match' || mode === 'include' ? mode : undefined,
      });
    }
  }
  if (dropped > 0) unreadable = true;
  const links = bundle['link'];
  if (links !== undefined && !Array.isArray(links)) unreadable = true;
  const next = Array.isArray(links) ? nextLink(links as unknown[]) : undefined;
  const later = Array.isArray(links) && (links as unknown[]).some(leadsBack);
  const total = bundle['total'] ?? undefined;
  const counted = typeof total === 'number' && total >= 0 ? total : undefined;
  if (total !== undefined && counted === undefined) unreadable = true;
  return { entries, outcomes, dropped, unread, unreadable, next, later, partial, total: counted };
}

/** The one page that comes after this; of several, or of one that cannot be read, nobody knows which. */
function nextLink(links: readonly unknown[]): string | undefined {
  const urls = new Set<unknown>();
  for (const link of links) {
    if (relationsOf(link).includes('next')) urls.add((link as { readonly url?: unknown }).url);
  }
  const [url] = urls;
  if (urls.size === 0) return undefined;
  return urls.size === 1 && typeof url === 'string' ? url : '';
}

/** Servers write both names. */
function leadsBack(link: unknown): boolean {
  const relations = relationsOf(link);
  return relations.includes('previous') || relations.includes('prev');
}

/** What a link says that it leads to, however it is written: a page that is passed over would read as an absence. */
function relationsOf(link: unknown): readonly string[] {
  const { relation } = (link ?? NOTHING) as { readonly relation?: unknown };
  return [relation].flat().flatMap((each) => (typeof each === 'string' ? nameOf(each) : []));
}

/** A relation may be written as the address of its registration. @source https://www.iana.org/assignments/link-relations */
function nameOf(relation: string): string {
  return relation
    .trim()
    .toLowerCase()
    .replace(/^https?:\/\/www\.iana\.org\/assignments\/(link-)?relations?\//, '');
}
