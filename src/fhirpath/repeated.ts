import { deoptimise } from './deoptimise.js';
import { Seen } from './distinct.js';
import { type Item, Node } from './item.js';
import { isPrimitiveType } from './type-test.js';

/** From so many items on, fhirpath.js compares by hash, and only with what it has hashed before. */
export const HASHED_ABOVE = 6;

/**
 * What `repeat()` has found so far. An item equal to an earlier one is dropped as fhirpath.js drops it: while there are
 * few, compared with all that was found; once there are many, with those alone that came when there were many.
 *
 * @source FHIRPath 2.0.0 §5.2.3 repeat
 */
export class Repeated {
  readonly found: Item[] = [];
  readonly #all = new Seen();
  readonly #hashed = new Seen();
  /** Only elements that are no primitives take part in hashing; with others among them it is not imitated. */
  #plain = true;

  /** Adds what one round gave. @returns the items that are new, for the next round */
  add(items: readonly Item[]): readonly Item[] {
    this.#plain &&= items.every(isComplexElement);
    const seen = this.found.length + items.length > HASHED_ABOVE ? this.#hashed : this.#all;
    const fresh = items.filter((item) => seen.add(item));
    if (fresh.length < items.length && !this.#plain) deoptimise();
    if (seen === this.#hashed) for (const item of fresh) this.#all.add(item);
    this.found.push(...fresh);
    return fresh;
  }
}

function isComplexElement(item: Item): boolean {
  return (
    item instanceof Node &&
    item.type.name !== undefined &&
    item.type.conversion === undefined &&
    typeof item.data === 'object' &&
    !isPrimitiveType(item.type.name)
  );
}
