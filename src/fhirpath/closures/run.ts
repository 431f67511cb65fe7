import { deoptimise } from '../deoptimise.js';
import type { CompileOptions, EvaluationScope } from '../expression.js';
import { type Item, type Items, itemsOf } from '../item.js';
import { argumentsOf, type SyntaxNode } from '../parse.js';

/** Stands for the whole record where a path opens with a resource type. */
export const RECORD: unique symbol = Symbol('the whole record');
export type Self = Items | typeof RECORD;

/** What one evaluation carries along; the only object it makes for itself. */
export class Evaluation {
  /** `$index` of the innermost function that counts. */
  index = 0;
  readonly #slots: (Items | typeof UNREAD)[];
  readonly #constants: (Items | typeof UNREAD)[];

  constructor(
    readonly scope: EvaluationScope,
    variables: number,
    constants: number,
  ) {
    this.#slots = unread(variables);
    this.#constants = unread(constants);
  }

  /** What does not change during an evaluation, worked out once. */
  once(slot: number, run: Run, self: Self): Items {
    const known = this.#constants[slot];
    return known === UNREAD ? (this.#constants[slot] = run(this, self)) : known;
  }

  /** The items of a variable, read once. */
  variable(slot: number, name: string): Items {
    const known = this.#slots[slot];
    if (known !== UNREAD) return known;
    if (!Object.hasOwn(this.scope.variables, name)) deoptimise();
    return (this.#slots[slot] = itemsOf(this.scope.variables[name]));
  }
}

const UNREAD: unique symbol = Symbol('not read yet');
const NONE: (Items | typeof UNREAD)[] = [];

function unread(slots: number): (Items | typeof UNREAD)[] {
  return slots === 0 ? NONE : new Array<Items | typeof UNREAD>(slots).fill(UNREAD);
}

/** A compiled expression: what it gives where `$this` is `self`. */
export type Run = (evaluation: Evaluation, self: Self) => Items;

/** A compiled step of a path: what it gives for what lies before the dot. */
export type Step = (evaluation: Evaluation, self: Self, input: Self) => Items;

/** What the builders of closures need from the compiler. */
export interface Builder {
  readonly options: CompileOptions;
  compile(node: SyntaxNode): Run;
  /** The slot in which an evaluation keeps a variable. */
  slotOf(variable: string): number;
  /** Whether what a node gives depends on the record, or on one variable's value, only: same input, same array. */
  isStable(node: SyntaxNode): boolean;
}

/** A function call in an expression, with the expression before its dot. */
export interface Call {
  readonly input: SyntaxNode | undefined;
  readonly parameters: readonly SyntaxNode[];
}

export function callOf(node: SyntaxNode, input: SyntaxNode | undefined): Call {
  return { input, parameters: argumentsOf(node) };
}

export type StepBuilder = (call: Call, builder: Builder) => Step;
export type StepBuilders = Readonly<Record<string, StepBuilder>>;

/** The items of what a step works on; functions on the bare record are left to the reference engine. */
export function inputOf(input: Self): Items {
  return input === RECORD ? deoptimise() : input;
}

/** The only item of a collection; more than one is an error, which the reference engine words. */
export function only(items: Items): Item | undefined {
  return Array.isArray(items) ? deoptimise() : (items as Item | undefined);
}
