import type { Status } from '../schemas/verdict.js';

/** A three-valued answer: nothing stands for "cannot be told". */
export type Truth = boolean | undefined;

/** How one reading of a rule looks at a criterion it builds on; `reviewAs` says what an open judgement counts as. */
export function truthOf(status: Status, reviewAs: Truth): Truth {
  switch (status) {
    case 'met':
    case 'not-applicable':
      return true;
    case 'not-met':
      return false;
    case 'review':
      return reviewAs;
    case 'unknown':
      return undefined;
  }
}

/** What a rule over other criteria can come to. */
export const RULE_STATUSES = ['met', 'not-met', 'review', 'unknown'] as const satisfies readonly Status[];
export type RuleStatus = (typeof RULE_STATUSES)[number];

/**
 * The status of a rule over other criteria. The rule is asked three times: with open judgements left open, and with
 * all of them falling either way. Where a judgement alone stands between the rule and an answer it is `review`;
 * where a datum is missing it is `unknown`.
 */
export function statusOfRule(rule: (reviewAs: Truth) => Truth): RuleStatus {
  const settled = rule(undefined);
  if (settled !== undefined) return settled ? 'met' : 'not-met';
  return rule(true) !== undefined && rule(false) !== undefined ? 'review' : 'unknown';
}

/** What several readings of one text say together: a status they share, or that a person must choose. */
export function agreement(readings: readonly RuleStatus[]): RuleStatus {
  const [first] = readings;
  if (first === undefined) return 'unknown';
  if (readings.every((reading) => reading === first)) return first;
  return readings.includes('unknown') ? 'unknown' : 'review';
}
