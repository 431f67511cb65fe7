import type { CompileOptions } from '../expression.js';
import type { SyntaxNode } from '../parse.js';
import { isObjects, isWholeResource, type Shape } from './shape.js';
import type { Writer } from './writer.js';

/*
 * A reference such as `#role` names a resource that the resource around it contains, so of what holds references it has to be known
 * which resource that is: its home. The home of an element is that of the resource it stands in; a resource is its own home, and
 * one that another resource contains has that one for its home. Hence
 *
 * - `holder`: the home, where it is known as the function is written;
 * - `within`: where it shows in the record alone; the home is this resource if it contains the item, and else the item;
 * - `homeless`: resources, some of which may be contained, so that they are not simply their own homes.
 *
 * What has neither a holder nor a resource that it may be within has no known home, and `resolve()` is not written for it.
 */

/** One item, or one collection, in the text of a function. */
export interface Ref {
  /** The JavaScript name or literal that stands for it. */
  readonly js: string;
  readonly shape: Shape;
  /** Name of its home, or of that of every item of a collection; of resources in a collection see `homeless`. */
  readonly holder?: string | undefined;
  /** Name of the resource that perhaps contains it, or each item. */
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

/** The home of what stands under an item, as JavaScript text; absent where that is not known. */
export function holderUnder({ js, holder, within }: Ref): string | undefined {
  return holder ?? (within === undefined ? undefined : `homeOf(${within}, ${js})`);
}

/** A collection as a value: with `many` it may be an array. */
export interface Value extends Ref {
  readonly many: boolean;
  /** Set on whole resources that are not all their own homes; without it they are. */
  readonly homeless?: boolean | undefined;
  /** Set on texts, numbers and booleans that an expression writes out: one by itself, or a list of them. */
  readonly constant?: unknown;
}

/** Whether the home of a value's items is known; of those that hold no references it need not be. */
export function isAtHome({ shape, holder, within, homeless }: Value): boolean {
  return isWholeResource(shape) ? homeless !== true || within !== undefined : holder !== undefined || !isObjects(shape);
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
  /** The same, so that of each item its home is known. */
  eachAtHome(node: SyntaxNode, start: Start, body: Body): void;
  /** Writes code that holds the items of a node as a value. */
  value(node: SyntaxNode, start: Start): Value;
  /** What a function works on, where that can be had as a value without going through it. */
  ready(call: Call): Value | undefined;
  /** Writes what is made of a node, ahead of the function and once where the node is the same throughout. @returns its name */
  ahead(what: string, node: SyntaxNode | undefined, write: () => string): string;
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
