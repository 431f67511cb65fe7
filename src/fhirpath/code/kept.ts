import type { FormItems } from './form-items.js';

/**
 * Answers that expressions share while one record is assessed: of sub-expressions, each with the variables it hung on, and the
 * items of forms. Belongs to one record and one way of naming variables; it goes when the assessment is done.
 */
export class Kept {
  readonly answers: (readonly unknown[] | undefined)[] = [];
  readonly forms = new Map<object, FormItems>();
}

/** Numbers for the sub-expressions of a set of rules, by canonical text. */
export class Slots {
  readonly #slots = new Map<string, number>();

  of(canonical: string): number {
    let slot = this.#slots.get(canonical);
    if (slot === undefined) this.#slots.set(canonical, (slot = this.#slots.size));
    return slot;
  }
}
