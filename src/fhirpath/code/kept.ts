import type { Items } from '../item.js';
import type { FormItems } from './form-items.js';

/** Numbers for the variables and the sub-expressions of a set of rules. */
export class Slots {
  readonly #variables = new Map<string, number>();
  readonly #answers = new Map<string, number>();
  readonly #hanging = new Map<string, Set<number>>();

  ofVariable(name: string): number {
    return numberIn(this.#variables, name);
  }

  /**
   * @param canonical text of the sub-expression
   * @param variables that its answer hangs on
   */
  ofAnswer(canonical: string, variables: Iterable<string>): number {
    const slot = numberIn(this.#answers, canonical);
    for (const name of variables) {
      const hanging = this.#hanging.get(name);
      if (hanging === undefined) this.#hanging.set(name, new Set([slot]));
      else hanging.add(slot);
    }
    return slot;
  }

  /** The sub-expressions of which the answers hang on a variable. */
  hangingOn(variable: string): Iterable<number> {
    return this.#hanging.get(variable) ?? NONE;
  }
}

const NONE: readonly number[] = [];

function numberIn(numbers: Map<string, number>, name: string): number {
  let number = numbers.get(name);
  if (number === undefined) numbers.set(name, (number = numbers.size));
  return number;
}

/** Stands for an empty collection where something is kept: nothing there means that it has yet to be worked out. */
export const EMPTY: unique symbol = Symbol('empty');

/**
 * What expressions share while one record is assessed: variables as generated code reads them, answers of sub-expressions, and
 * the items of forms. It belongs to one record and goes when the assessment is done.
 */
export class Kept {
  readonly answers: unknown[] = [];
  readonly forms = new Map<object, FormItems>();
  /** What was read from a table of facts for several of them, by the table. */
  readonly tables = new Map<object, unknown>();
  readonly values: unknown[] = [];
  /** What closures keep of sub-expressions in which nothing starts at the item at hand, by canonical name. */
  readonly items = new Map<string, Items>();

  constructor(private readonly slots: Slots) {}

  /** Forgets what hangs on a variable that gets another value. */
  forget(variable: string): void {
    // Closures run on unusual records alone, and need not know what hangs on what.
    if (this.items.size > 0) this.items.clear();
    const slot = this.slots.ofVariable(variable);
    if (this.values[slot] === undefined) return;
    this.values[slot] = undefined;
    for (const answer of this.slots.hangingOn(variable)) this.answers[answer] = undefined;
  }
}
