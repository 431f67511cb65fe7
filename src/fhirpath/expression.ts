import type { GatheredRecord } from '../schemas/record.js';

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
   * Objects among the values may not change afterwards: answers that hang on one of them alone are kept with it.
   */
  readonly variables: Readonly<Record<string, unknown>>;
}

/** Membership of a coding in a named value set: system, code and the value set's name. */
export type MemberOf = (valueSet: string, system: string | undefined, code: string | undefined) => boolean;

/** What an answer can hang on of the thing that an expression looks at. */
export interface FocusReads {
  /** Its properties in JSON; whatever else it holds makes no difference. */
  readonly properties: readonly string[];
  /** Whether references in it are looked up: where it stands matters then, and what is contained beside it. */
  readonly resolves: boolean;
}

/** A FHIRPath expression, checked and ready to run. */
export interface Expression {
  readonly source: string;
  /** Resource types that the expression reads from the record, by name. */
  readonly resourceTypes: ReadonlySet<string>;
  /** Names of the `%variables` it uses. */
  readonly variables: ReadonlySet<string>;
  /** What of its focus the answer hangs on; absent when that cannot be told, or is all of it. */
  readonly focusReads?: FocusReads | undefined;
  /** Which engine runs it: compiled once at start, or the reference engine. */
  readonly engine: 'compiled' | 'reference';
  /**
   * Gives the resulting collection as plain JSON values: dates and times as strings, quantities as objects.
   * @throws ExpressionFailed when the expression cannot be evaluated on this record
   */
  evaluate(scope: EvaluationScope): readonly unknown[];
}

export interface CompileOptions {
  /** The R4 model path of the focus (for example `Procedure`, `QuestionnaireResponse.item`); absent: the record. */
  readonly focusType?: string;
  /** What `memberOf('name')` means. */
  readonly memberOf: MemberOf;
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
