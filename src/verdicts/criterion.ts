import type { SequenceRun } from '../fhirpath/code/sequence.js';
import type { Answer, Expression } from '../fhirpath/expression.js';
import type { Effect, SourceReference, Status } from '../schemas/verdict.js';

/** What holds when no step does. */
export interface Otherwise {
  readonly status: Status;
  readonly reason: string;
  readonly absence: boolean;
  readonly missing: readonly string[];
}

/** One step of a ladder: the status it gives when its condition holds. */
export interface Step extends Otherwise {
  readonly when: Expression;
}

export interface Named {
  readonly name: string;
  readonly expression: Expression;
}

/** One of the data that a criterion asks for. */
export interface Part extends Named {
  /** Resource types of which a gap may hide it, among those that the criterion needs. */
  readonly needs: readonly string[];
}

export interface EvidencePlan {
  readonly of: Expression;
  readonly path: string | undefined;
  readonly value: Expression | undefined;
}

/** A criterion, compiled: either answers in order, or readings over other criteria. */
export interface Criterion {
  readonly id: string;
  /** The name by which readings refer to it: the id in camelCase. */
  readonly variable: string;
  readonly phases: ReadonlySet<string>;
  readonly effect: Effect;
  readonly source: SourceReference;
  readonly needs: readonly string[];
  readonly constants: Readonly<Record<string, unknown>>;
  readonly answers: readonly Step[];
  readonly otherwise: Otherwise;
  readonly parts: readonly Part[];
  readonly readings: readonly Named[];
  readonly readingInForce: Expression | undefined;
  readonly evidence: readonly EvidencePlan[];
  readonly figures: readonly Named[];
  readonly notes: readonly Named[];
  /** Facts it uses, in whatever expression. */
  readonly uses: ReadonlySet<string>;
  /** Facts on which its status rests; without one of these it is unknown. */
  readonly decidedBy: ReadonlySet<string>;
  /** Resource types that its own conditions read, facts not counted. */
  readonly readsTypes: ReadonlySet<string>;
  /** Its expressions, several in one function. */
  readonly together: Together;
}

/** Whether a criterion is a rule over others. */
export function isRule({ readings }: Criterion): boolean {
  return readings.length > 0;
}

/**
 * Functions made of several expressions of a criterion; absent where the engine makes none. One that gives nothing leaves
 * the answer to the expressions by themselves.
 */
export interface Together {
  readonly parts: SequenceRun<readonly Answer[]> | undefined;
  /** The number of the answer that holds, or -1. */
  readonly answer: SequenceRun<number> | undefined;
  /** For each piece: the number of its plan, what was found, and the value to show. */
  readonly evidence: SequenceRun<readonly unknown[]> | undefined;
  /** The conditions of the notes, then the figures. */
  readonly telling: SequenceRun<readonly Answer[]> | undefined;
}
