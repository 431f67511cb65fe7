import type { GatheredRecord } from '../schemas/record.js';
import type { Kept, Slots } from './code/kept.js';
import type { VariableShape } from './code/shape.js';
import type { ElementType } from './model.js';
import type { SyntaxNode } from './parse.js';

/** What one evaluation may look at. */
export interface EvaluationScope {
  readonly record: GatheredRecord;
  /** What `$this` is at the start; the whole record when absent. */
  readonly focus?: unknown;
  /** The resource that holds `focus`, so that `resolve()` finds contained resources. */
  readonly container?: unknown;
  /**
   * `%name` values: scalars, whole resources, plain row objects, or arrays of these.
   * An empty array is FHIRPath's empty collection. A name the expression uses and that is not here is an error.
   * Objects among the values may not change afterwards: answers that hang on them are kept in {@link kept}.
   */
  readonly variables: Readonly<Record<string, unknown>>;
  /** Where expressions keep what they share, with the same variables; absent: each evaluation keeps its own. */
  readonly kept?: Kept | undefined;
}

/** A collection without the array where there is no need of one: nothing, one value as itself, or an array of two or more. */
export type Answer = unknown;

/** Whether a coding is a member of the value set at hand. */
export type Membership = (system: string | undefined, code: string | undefined) => boolean;

/** The members of a value set, by its name. */
export type MemberOf = (valueSet: string) => Membership;

/** A FHIRPath expression, checked and ready to run. */
export interface Expression {
  readonly source: string;
  /** Resource types that the expression reads from the record, by name. */
  readonly resourceTypes: ReadonlySet<string>;
  /** Names of the `%variables` it uses. */
  readonly variables: ReadonlySet<string>;
  /** Which engine runs it: compiled once at start, or the reference engine. */
  readonly engine: 'compiled' | 'reference';
  /**
   * Gives the resulting collection as plain JSON values: dates and times as strings, quantities as objects.
   * @throws ExpressionFailed when the expression cannot be evaluated on this record
   */
  evaluate(scope: EvaluationScope): readonly unknown[];
  /** The same collection as {@link evaluate}; an array in it may not be changed. */
  answer(scope: EvaluationScope): Answer;
  /** What a variable holds that is given this expression's values; absent when that is not known beforehand. */
  readonly gives?: VariableShape | undefined;
  /** What its function was made from, for functions of several expressions; absent where it has no function, the fastest way. */
  readonly inline?: Inline | undefined;
}

/** An expression's syntax tree and how it was to be read. */
export interface Inline {
  readonly tree: SyntaxNode;
  readonly options: CompileOptions;
  /** The element type at which it starts; absent for the record, a row or a whole resource. */
  readonly start: ElementType | undefined;
}

export interface CompileOptions {
  /** The R4 model path of the focus (for example `Procedure`, `QuestionnaireResponse.item`); absent: the record. */
  readonly focusType?: string;
  /** What `memberOf('name')` means. */
  readonly memberOf: MemberOf;
  /** What variables hold; an expression with others among its variables is compiled in a slower way. */
  readonly variableShapes?: (name: string) => VariableShape | undefined;
  /** What it will be evaluated on, where there is no focus type to say so. */
  readonly focusShape?: VariableShape | undefined;
  /** Numbers for what expressions share, one set for all that are evaluated with one {@link EvaluationScope.kept}. */
  readonly slots?: Slots;
}

/** What a piece of work gives; nothing where an expression in it fails. */
export function unlessFailed<T>(run: () => T): T | undefined {
  try {
    return run();
  } catch (error) {
    if (error instanceof ExpressionFailed) return undefined;
    throw error;
  }
}

/** A collection as an array. */
export function asArray(answer: Answer): readonly unknown[] {
  if (answer === undefined) return [];
  return Array.isArray(answer) ? [...(answer as readonly unknown[])] : [answer];
}

/** A collection without the array where there is no need of one. */
export function asAnswer(values: readonly unknown[]): Answer {
  // A value that is a list itself, which only malformed JSON holds, stays one value.
  return values.length > 1 || Array.isArray(values[0]) ? values : values[0];
}

/** An expression that failed on a record. The message holds no values from the record. */
export class ExpressionFailed extends Error {
  constructor(
    readonly expression: string,
    cause: unknown,
  ) {
    super('the expression could not be evaluated', { cause });
    this.name = 'ExpressionFailed';
  }
}
