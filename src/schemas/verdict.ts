/** The five answers to a criterion; the README tells what each means under "Statuses, outcome, regime". */
export const STATUSES = ['met', 'not-met', 'unknown', 'review', 'not-applicable'] as const;
export type Status = (typeof STATUSES)[number];

/** The reason of a criterion of which an expression cannot be evaluated. */
export const EXPRESSION_FAILED = 'expression-failed';

export const OUTCOMES = ['met', 'not-met', 'unknown', 'review', 'transition'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** The regime on a day on which no version of the protocol holds. */
export const NOT_IN_FORCE = 'protocol-not-in-force';
/** The regime where it cannot be told which one holds; every version's transition rule says what that brings. */
export const UNCERTAIN_REGIME = 'uncertain';
/** Regimes that the engine itself gives, whatever the protocol. */
export const REGIMES_OF_ENGINE = [NOT_IN_FORCE, UNCERTAIN_REGIME] as const;

/** How a criterion weighs in the outcome. */
export const EFFECTS = ['blocking', 'blocking-if-not-met', 'completeness', 'signal', 'review-at-most', 'part'] as const;
export type Effect = (typeof EFFECTS)[number];

export interface Evidence {
  /** `Type/id`, or the type alone when the resource has no id. */
  readonly reference: string;
  /** Element path inside the resource. */
  readonly path: string;
  readonly value?: string | number | boolean;
}

export interface SourceReference {
  readonly document: string;
  readonly section: string;
}

/** Values that the criterion's sentences may name: numbers, calendar days, codes. */
export type Figures = Readonly<Record<string, string | number | boolean>>;

/** A `not-met` that was found in data that did not come in whole, with what it would have listed as missing. */
export interface Withheld {
  readonly reason: string;
  readonly missing: readonly string[];
}

export interface Verdict {
  readonly id: string;
  readonly status: Status;
  readonly effect: Effect;
  /** Stable code from the documented list. */
  readonly reason: string;
  readonly readings?: Readonly<Record<string, Status>>;
  readonly evidence: readonly Evidence[];
  /** Ids of the data that would settle it. */
  readonly missing: readonly string[];
  /** The answer that was found and not given, since data it rests on did not come in whole; for cards, not on the wire. */
  readonly withheld?: Withheld;
  /** Things worth knowing that do not change the status, as codes with texts under `cards/`. */
  readonly notes: readonly string[];
  readonly figures: Figures;
  readonly source: SourceReference;
}

export interface Score {
  readonly instrument: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  /** Calendar day of the measurement; absent when not recorded. */
  readonly date?: string;
  readonly reference: string;
}

/** The machine-readable result, as it stands in the response's `extension`. */
export interface Assessment {
  readonly schema: 1;
  readonly service: string;
  readonly phase: string;
  readonly protocol: { readonly id: string; readonly version?: string };
  readonly subject: string;
  readonly order: string;
  readonly asOf: string;
  readonly referredOn: string;
  readonly regime: string;
  readonly outcome: Outcome;
  readonly criteria: readonly Verdict[];
  readonly scores: readonly Score[];
}
