import type { PathStep } from '../yaml/document.js';
import type { Find } from './find-at-place.js';
import { type CardLibrary, type Place, placeOfTerms, type Terms } from './library.js';

/** The terms that something leads to; one that is not there is told where it is needed. */
export class NeededTerms {
  readonly #needed = new Set<string>();

  constructor(
    private readonly library: CardLibrary,
    private readonly find: Find,
  ) {}

  need(map: keyof Terms, key: string, user: Place, path: readonly PathStep[]): void {
    this.#needed.add(`${map}/${key}`);
    if (this.library.terms[map][key as never] === undefined)
      this.find(user, path, `no ${map} term for ${key}`, `${map}.${key} under cards/terms/`);
  }

  /** A code that the service itself gives. */
  needOfEngine(map: keyof Terms, key: string): void {
    this.need(map, key, placeOfTerms(this.library.places, map), [map, key]);
  }

  /** @param term as `map/key` */
  has(term: string): boolean {
    return this.#needed.has(term);
  }
}
