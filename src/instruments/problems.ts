/**
 * Why something in the record that belongs to an instrument gives no score, or one to read with care.
 *
 * - `incomplete`: not every item was answered readably (detail: answered, expected)
 * - `other-version`: another version of the instrument, or answers that the known version does not have
 * - `not-completed`: a form that is not completed or amended
 * - `not-final`: an Observation that is not final, amended or corrected
 * - `no-value`: an Observation without a value
 * - `unreadable-value`: a value of another kind, with a comparator, beside a reason for its absence, or changed by a modifier extension
 * - `out-of-range`: a total outside the range of the score (detail: min, max)
 * - `other-unit`, `other-method`: measured on another scale
 * - `ambiguous-code`: one value that carries the codes of different scores
 * - `declared-absent`: said in so many words that it is not there
 * - `in-the-future`: dated after the day of the assessment
 * - `unreadable-date`: its date is told and cannot be read, so that it may lie after the day of the assessment
 * - `read-as-sum`: a total that is used, above the range of a single score (detail: min, max)
 */
export const PROBLEM_CODES = [
  'incomplete',
  'other-version',
  'not-completed',
  'not-final',
  'no-value',
  'unreadable-value',
  'out-of-range',
  'other-unit',
  'other-method',
  'ambiguous-code',
  'declared-absent',
  'in-the-future',
  'unreadable-date',
  'read-as-sum',
] as const;

export type ProblemCode = (typeof PROBLEM_CODES)[number];

export interface ScoringProblem {
  readonly instrument: string;
  /** The score it concerns; absent when it concerns the whole instrument. */
  readonly score?: string;
  /** `Type/id`, or the type alone when the resource has no id. */
  readonly reference: string;
  readonly problem: ProblemCode;
  /** Calendar day of the measurement, as far as it is known. */
  readonly date?: string;
  /** Counts and limits that the sentence may name; never an answer of the patient. */
  readonly detail: Readonly<Record<string, number>>;
}
