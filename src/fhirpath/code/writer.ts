/** Writes the text of one JavaScript function, and keeps what the text refers to by name. */
export class Writer {
  #lines: string[] = [];
  readonly #before: string[] = [];
  readonly #constants: unknown[] = [];
  readonly #known = new Map<unknown, string>();
  #names = 0;
  /** How many loops are open where the next line will stand. */
  loops = 0;

  /** A name that nothing else has. */
  fresh(): string {
    this.#names += 1;
    return `t${this.#names}`;
  }

  line(text: string): void {
    this.#lines.push(text);
  }

  /** Writes `const name = text`. @returns the name */
  define(text: string): string {
    const name = this.fresh();
    this.line(`const ${name} = ${text};`);
    return name;
  }

  /** Writes `let name`. @returns the name */
  variable(): string {
    const name = this.fresh();
    this.line(`let ${name};`);
    return name;
  }

  block(head: string, inside: () => void): void {
    this.line(`${head} {`);
    inside();
    this.line('}');
  }

  /** A block that may run more than once. */
  loop(head: string, inside: () => void): void {
    this.loops += 1;
    this.block(head, inside);
    this.loops -= 1;
  }

  /** Writes what is the same for the whole function, before everything that is being written. */
  ahead<T>(write: () => T): T {
    const [lines, loops] = [this.#lines, this.loops];
    this.#lines = [];
    this.loops = 0;
    try {
      return write();
    } finally {
      this.#before.push(...this.#lines);
      this.#lines = lines;
      this.loops = loops;
    }
  }

  /** A value that the function refers to; texts, numbers and booleans stand in the text itself. */
  constant(value: unknown): string {
    if (value === undefined) return 'undefined';
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return literal(value);
    let name = this.#known.get(value);
    if (name === undefined) {
      name = `k${this.#constants.length}`;
      this.#known.set(value, name);
      this.#constants.push(value);
    }
    return name;
  }

  /**
   * Makes the function.
   * @param parameters names of its parameters
   * @param given what the text calls by name
   */
  function(parameters: readonly string[], given: Readonly<Record<string, unknown>>): unknown {
    const names = [...this.#constants.map((_, index) => `k${index}`), ...Object.keys(given)];
    const lines = [...this.#before, ...this.#lines].join('\n');
    const text = `"use strict";\nreturn function (${parameters.join(', ')}) {\n${lines}\n};`;
    // The text is made of the syntax tree alone: names come from `fresh` and `constant`, everything else through `literal`.
    // eslint-disable-next-line @typescript-eslint/no-implied-eval
    const make = new Function(...names, text) as (...values: unknown[]) => unknown;
    return make(...this.#constants, ...Object.values(given));
  }
}

/** A text, number or boolean as JavaScript source. */
export function literal(value: string | number | boolean): string {
  return JSON.stringify(value).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');
}

/** `object.name`, whatever the name. */
export function property(object: string, name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? `${object}.${name}` : `${object}[${literal(name)}]`;
}
