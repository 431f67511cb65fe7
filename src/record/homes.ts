import type { Resource } from '../schemas/resource.js';
import { readBaseUrl } from '../schemas/url.js';
import type { RecordEntry } from './named-entries.js';

/** Which FHIR server each resource of a record comes from, as far as that is told: its home. */
export class Homes {
  /** Bases as written, and as compared: few in a record, asked for often. */
  readonly #normalised = new Map<string, string | undefined>();
  #known: Set<string> | undefined;
  #ofResources: Map<Resource, string | undefined> | undefined;

  /** @param base the server that entries without a fullUrl come from, when known */
  constructor(
    private readonly entries: readonly RecordEntry[],
    private readonly base: string | undefined,
  ) {}

  of(entry: RecordEntry): string | undefined {
    const written = writtenHome(entry);
    return written === undefined ? undefined : this.normal(written);
  }

  ofResource(resource: Resource): string | undefined {
    this.#ofResources ??= new Map(this.entries.map((entry) => [entry.resource, this.of(entry)]));
    return this.#ofResources.get(resource);
  }

  /** All servers that the record knows. */
  known(): ReadonlySet<string> {
    if (this.#known === undefined) {
      this.#known = new Set(this.base === undefined ? [] : [this.base]);
      for (const entry of this.entries) {
        const home = this.of(entry);
        if (home !== undefined) this.#known.add(home);
      }
    }
    return this.#known;
  }

  /**
   * Whether a resource counts as one of a server. One that came without an address counts as one of any that the record knows, and of all
   * there are where it knows none.
   */
  isOn(home: string | undefined, server: string): boolean {
    if (home !== undefined) return home === server;
    const known = this.known();
    return known.size === 0 || known.has(server);
  }

  /** A base as it is compared with others; nothing where it is none. */
  normal(base: string): string | undefined {
    if (!this.#normalised.has(base)) this.#normalised.set(base, readBaseUrl(base));
    return this.#normalised.get(base);
  }
}

/** The base in an entry's fullUrl, when that is the RESTful address of its resource. */
function writtenHome({ fullUrl, resource: { resourceType, id } }: RecordEntry): string | undefined {
  if (fullUrl === undefined || typeof id !== 'string' || !fullUrl.startsWith('http')) return undefined;
  const beforeId = fullUrl.length - id.length - 1;
  const beforeType = beforeId - resourceType.length - 1;
  const fits =
    beforeType >= 0 &&
    fullUrl[beforeType] === '/' &&
    fullUrl[beforeId] === '/' &&
    fullUrl.endsWith(id) &&
    fullUrl.startsWith(resourceType, beforeType + 1);
  return fits ? fullUrl.slice(0, beforeType) : undefined;
}
