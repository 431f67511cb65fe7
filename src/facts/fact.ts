import type { EvaluationScope } from '../fhirpath/expression.js';
import type { Kept } from '../fhirpath/code/kept.js';
import type { Asked } from '../fhirpath/code/pass.js';
import type { VariableShape } from '../fhirpath/code/shape.js';
import type { GatheredRecord } from '../schemas/record.js';

/** Values by `%name`, as FHIRPath collections. */
export type Variables = Record<string, unknown>;

/** What a fact is computed from. */
export interface FactScope {
  readonly record: GatheredRecord;
  /** Facts and parameters known so far; facts are added in order of their dependence. */
  readonly variables: Variables;
  /** What expressions share while this record is assessed. */
  readonly kept?: Kept | undefined;
}

/** Gives a variable its value, for all expressions that are evaluated on this scope from now on. */
export function define({ variables, kept }: FactScope, name: string, value: unknown): void {
  variables[name] = value;
  kept?.forget(name);
}

/** What an expression is evaluated on: the record, or a thing in it. */
export function evaluationOf(
  { record, variables, kept }: FactScope,
  focus?: unknown,
  container?: unknown,
): EvaluationScope {
  return { record, variables, kept, focus, container };
}

/** A fact of the protocol, ready to compute. */
export interface Fact {
  readonly name: string;
  /** Names of the facts and parameters it builds on. */
  readonly uses: ReadonlySet<string>;
  /** Resource types that it reads from the record itself. */
  readonly resourceTypes: ReadonlySet<string>;
  /** What its values are, for the expressions that use it; absent when that is not known beforehand. */
  readonly holds?: VariableShape | undefined;
  /** Set where it is an expression's answer, and what becomes of that: such facts can be worked out together. */
  readonly asked?: Asked | undefined;
  /**
   * Gives the fact as a collection; an empty one means that the record does not say.
   * @throws ExpressionFailed when an expression cannot be evaluated on this record
   */
  compute(scope: FactScope): readonly unknown[];
}

/**
 * One row of a table of facts: plain values by column, and where they come from. A column without a value is
 * undefined, which FHIRPath reads as empty.
 */
export interface Row {
  readonly source: string;
  /** Name of the resource the row was read from: `Type/id`, or `Type/id#id` of what that contains. */
  readonly reference: string;
  /** Element path in that resource. */
  readonly path: string;
  readonly [column: string]: unknown;
}
