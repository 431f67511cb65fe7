import type { FormItems } from './form-items.js';

/** Numbers for the variables and the sub-expressions of a set of rules. */
export class Slots {
  readonly #variables = new Map<string, number>();
  readonly #answers = new Map<string, number>();

  ofVariable(name: string): number {
    return numberIn(this.#variables, name);
  }

  /** @param canonical text of the sub-expression */
  ofAnswer(canonical: string): number {
    return numberIn(this.#answers, canonical);
  }
}

function numberIn(numbers: Map<string, number>, name: string): number {
  let number = numbers.get(name);
  if (number === undefined) numbers.set(name, (number = numbers.size));
  return number;
}

/**
 * What expressions share while one record is assessed: the variables by number, answers of sub-expressions, each with the
 * variables it hung on, and the items of forms. It belongs to one record and goes when the assessment is done.
 */
export class Kept {
  readonly answers: (readonly unknown[] | undefined)[] = [];
  readonly forms = new Map<object, FormItems>();
  readonly values: unknown[] = [];

  constructor(
    private readonly slots: Slots,
    variables: Readonly<Record<string, unknown>>,
  ) {
    for (const name of Object.keys(variables)) this.define(name, variables[name]);
  }

  /** Gives a variable another value. */
  define(name: string, value: unknown): void {
    this.values[this.slots.ofVariable(name)] = value;
  }
}
