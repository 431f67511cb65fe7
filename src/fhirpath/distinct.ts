import { deoptimise } from './deoptimise.js';
import { sameItem } from './equality.js';
import { type Item, Node } from './item.js';
import { systemValue } from './system-value.js';

/**
 * The items met so far, kept such that "have I seen this?" does not compare every item with every other.
 */
export class Seen {
  // Made when first needed: most collections are small and of one kind.
  #texts: Set<string> | undefined;
  #objects: Map<string, Item[]> | undefined;
  #others: Item[] | undefined;

  /** Adds an item and says whether it is new. */
  add(item: Item): boolean {
    const value = systemValue(item);
    if (typeof value === 'string') {
      if (item instanceof Node && item.extra !== null) deoptimise();
      this.#texts ??= new Set();
      if (this.#texts.has(value)) return false;
      this.#texts.add(value);
      return true;
    }
    return addTo(isJsonObject(item, value) ? this.#bucket(value as object) : (this.#others ??= []), item);
  }

  #bucket(value: object): Item[] {
    const key = fingerprint(value);
    this.#objects ??= new Map();
    let bucket = this.#objects.get(key);
    if (bucket === undefined) this.#objects.set(key, (bucket = []));
    return bucket;
  }
}

function addTo(known: Item[], item: Item): boolean {
  if (known.some((each) => sameItem(each, item) === true)) return false;
  known.push(item);
  return true;
}

function isJsonObject(item: Item, value: unknown): boolean {
  if (!(item instanceof Node) || typeof value !== 'object' || value === null || value !== item.data) return false;
  // Objects that JavaScript could mistake for a text or a list, or whose equality is more than their JSON's.
  if (Array.isArray(value) || '0' in value || item.extra !== null) deoptimise();
  return true;
}

const NAMING = ['resourceType', 'id', 'linkId', 'code', 'system', 'reference'] as const;

/** Values that are equal have equal fingerprints; the reverse need not hold. */
function fingerprint(value: object): string {
  let print = '';
  for (const name of NAMING) {
    const part = (value as Record<string, unknown>)[name];
    print += typeof part === 'string' ? `\n${part}` : '\n';
  }
  return print;
}
