import { createHash } from 'node:crypto';

type Lines = (string | string[])[];

/** Writes the text of one JavaScript function, and keeps what the text refers to by name. */
export class Writer {
  #lines: Lines = [];
  #before: Lines = [];
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

  /** Keeps a place where lines can still be written later. */
  place(): string[] {
    const lines: string[] = [];
    this.#lines.push(lines);
    return lines;
  }

  /** Writes at a place that was kept. */
  into<T>(place: string[], write: () => T): T {
    const lines = this.#lines;
    this.#lines = [];
    try {
      return write();
    } finally {
      place.push(...this.#lines.flat());
      this.#lines = lines;
    }
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

  /** Writes one of several things in turn; what it needs ahead of it comes right before it, and stays for what follows. */
  section<T>(write: () => T): T {
    const [lines, before] = [this.#lines, this.#before];
    this.#lines = [];
    this.#before = [];
    try {
      return write();
    } finally {
      lines.push(...this.#before, ...this.#lines);
      this.#lines = lines;
      this.#before = before;
    }
  }

  /** A value that the function refers to. Texts do not stand in it, so that expressions of one form share one function. */
  constant(value: unknown): string {
    if (value === undefined || typeof value === 'boolean') return String(value);
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
    const lines = [...this.#before, ...this.#lines].flat().join('\n');
    const text = `"use strict";\nreturn function (${parameters.join(', ')}) {\n${lines}\n};`;
    const key = createHash('sha256').update(`${names.length}\n${text}`).digest('base64');
    let make = makers.get(key);
    if (make === undefined) {
      // The text is made of the syntax tree alone: names come from `fresh`, those of properties and columns through `literal`, and
      // what a rule says is handed in through `constant`.
      make = new Function(...names, text) as Maker;
      if (makers.size >= MOST_MAKERS) makers.clear();
      makers.set(key, make);
    }
    return make(...this.#constants, ...Object.values(given));
  }
}

type Maker = (...values: unknown[]) => unknown;

/** What makes the functions of one text, by its hash: those share their machine code, of which little is then to be kept at hand. */
const makers = new Map<string, Maker>();
const MOST_MAKERS = 2_000;

/** A text, number or boolean as JavaScript source. */
function literal(value: string | number | boolean): string {
  return JSON.stringify(value).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');
}

/** An object of named values, in this order. */
export function object(cells: Iterable<readonly [string, string]>): string {
  return `{ ${[...cells].map(([name, text]) => `${literal(name)}: ${text}`).join(', ')} }`;
}

/** `object.name`, whatever the name. */
export function property(object: string, name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? `${object}.${name}` : `${object}[${literal(name)}]`;
}
