import type { CompileOptions } from '../expression.js';
import type { SyntaxNode } from '../parse.js';
import type { Shape } from './shape.js';
import type { Writer } from './writer.js';

/** One item, or one collection, in the text of a function. */
export interface Ref {
  /** The JavaScript name or literal that stands for it. */
  readonly js: string;
  readonly shape: Shape;
  /** Name of the resource in which `#` references of the item are looked up; absent where that is not known. */
  readonly holder?: string | undefined;
  /** Of a resource that may be contained: name of the resource that would hold it, in which it is then looked up. */
  readonly within?: string | undefined;
  /** What was read of it once for all that ask; absent where no place was kept for that. */
  readonly once?: ReadOnce | undefined;
}

/** What is read of one item where it comes up. */
export interface ReadOnce {
  readonly place: string[];
  /** JavaScript names of single values, by name of the child. */
  readonly known: Map<string, string>;
  /** What its references lead to, by the canonical text of their path. */
  readonly resolved: Map<string, Value>;
  /** What paths from it lead to, by the canonical text of the path. */
  readonly walked: Map<string, Value>;
  /** Canonical texts of what several places ask of it. */
  readonly shared: ReadonlySet<string>;
  /** What came of those; nothing where they have to be worked out at each place after all. */
  readonly values: Map<string, Value | undefined>;
}

/** The resource in which `#` references under an item are looked up, as JavaScript text; absent where that is not known. */
export function holderUnder({ js, holder, within }: Ref): string | undefined {
  return holder ?? (within === undefined ? undefined : `homeOf(${within}, ${js})`);
}

/** A collection as a value: with `many` it may be an array. */
export interface Value extends Ref {
  readonly many: boolean;
  /** Set on resources of which it is not known where references in them are looked up. */
  readonly homeless?: boolean | undefined;
  /** Set on texts, numbers and booleans that an expression writes out: one by itself, or a list of them. */
  readonly constant?: unknown;
}

/**
 * What a path starts at. `open` is the start of an expression without a focus type: the record for names of resource types, the
 * columns of a row for others.
 */
export type Start = Ref | 'open';

/** Writes what is to happen with each item. */
export type Body = (item: Ref) => void;

/** What the parts of the compiler need of each other. */
export interface Emitter {
  readonly writer: Writer;
  readonly options: CompileOptions;
  /** Writes code that goes through the items of a node; `body` is written once. */
  each(node: SyntaxNode, start: Start, body: Body): void;
  /** The same, so that it is known of each item which resource holds it. */
  eachAtHome(node: SyntaxNode, start: Start, body: Body): void;
  /** Writes code that holds the items of a node as a value. */
  value(node: SyntaxNode, start: Start): Value;
  /** What a function works on, where that can be had as a value without going through it. */
  ready(call: Call): Value | undefined;
  /** Writes something of a node ahead of the function, the first time, where that is the same throughout. @returns its name */
  once(what: string, node: SyntaxNode | undefined, write: () => string): string;
  /** Says that a variable got its value in the code before. */
  know(variable: string, value: Value): void;
}

/** A function call in an expression, and what it works on. */
export interface Call {
  readonly name: string;
  readonly input: SyntaxNode | undefined;
  readonly parameters: readonly SyntaxNode[];
  readonly start: Start;
}
