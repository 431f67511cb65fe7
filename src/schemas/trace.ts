/** The steps of the road that a trace shows apart. */
export type TraceStep = 'gather' | 'assess' | 'render';

/**
 * Where the road tells how long its steps take. Names and results come from closed lists of ours; nothing of the patient
 * can pass.
 */
export interface Trace {
  /** Runs a step, and notes when it began and ended and whether it failed. */
  step<T>(name: TraceStep, run: () => T): T;
  /** What was fetched for one prefetch key, all pages together, or one role that the record refers to, has just come: `ok`, or the cause of its failure. */
  fetched(result: string, ms: number): void;
}

/** Where nobody looks. */
export const untraced: Trace = { step: (_name, run) => run(), fetched: () => undefined };
