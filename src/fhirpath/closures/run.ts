import { deoptimise } from '../deoptimise.js';
import type { CompileOptions, EvaluationScope } from '../expression.js';
import { dataOf, type Item, type Items } from '../item.js';
import type { SyntaxNode } from '../parse.js';
import { text } from '../system-value.js';

/** Stands for the whole record where a path opens with a resource type. */
export const RECORD: unique symbol = Symbol('the whole record');
export type Self = Items | typeof RECORD;

/** What one evaluation carries along. */
export class Evaluation {
  /** `$index` of the innermost function that counts. */
  index = 0;
  /** Answers of sub-expressions, by canonical name. */
  readonly kept: Map<string, Items>;

  constructor(readonly scope: EvaluationScope) {
    this.kept = scope.kept?.items ?? new Map<string, Items>();
  }
}

/** A compiled expression: what it gives where `$this` is `self`. */
export type Run = (evaluation: Evaluation, self: Self) => Items;

/** A compiled step of a path: what it gives for what lies before the dot. */
export type Step = (evaluation: Evaluation, self: Self, input: Self) => Items;

/** What the builders of closures need from the compiler. */
export interface Builder {
  readonly options: CompileOptions;
  compile(node: SyntaxNode): Run;
}

/** Makes the step of a function that is called with these arguments. */
export type StepBuilder = (parameters: readonly SyntaxNode[], builder: Builder) => Step;
export type StepBuilders = Readonly<Record<string, StepBuilder>>;

/** The items of what a step works on; functions on the bare record are left to the reference engine. */
export function inputOf(input: Self): Items {
  return input === RECORD ? deoptimise() : input;
}

/** The only item of a collection; more than one is an error, which the reference engine words. */
export function only(items: Items): Item | undefined {
  return Array.isArray(items) ? deoptimise() : (items as Item | undefined);
}

/** The text of a singleton; nothing of an empty collection. */
export function textOf(items: Items): string | undefined {
  const item = only(items);
  return item === undefined ? undefined : text(item);
}

/** The whole number of a singleton; nothing of an empty collection. */
export function wholeNumberOf(items: Items): number | undefined {
  const item = only(items);
  if (item === undefined) return undefined;
  const value = dataOf(item);
  return typeof value === 'number' && Number.isInteger(value) ? value : deoptimise();
}
