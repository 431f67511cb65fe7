import type { Verdict } from '../schemas/verdict.js';

/** The verdicts of an assessment by what they ask of a reader. */
export interface VerdictGroups {
  /** Not met, and that blocks. */
  readonly failing: readonly Verdict[];
  /** Keeps the outcome open until a datum is supplied. */
  readonly open: readonly Verdict[];
  /** Asks for a person's judgement. */
  readonly judge: readonly Verdict[];
  /** Worth a look, without bearing on the outcome. */
  readonly attention: readonly Verdict[];
}

/** Sorts verdicts by effect and status, as the outcome weighs them; parts speak through their whole. */
export function groupVerdicts(verdicts: readonly Verdict[]): VerdictGroups {
  const failing: Verdict[] = [];
  const open: Verdict[] = [];
  const judge: Verdict[] = [];
  const attention: Verdict[] = [];
  for (const verdict of verdicts) {
    const { effect, status } = verdict;
    if (effect === 'part' || status === 'met' || status === 'not-applicable') continue;
    if (status === 'review') judge.push(verdict);
    else if (effect === 'completeness') open.push(verdict);
    else if (effect === 'blocking') (status === 'not-met' ? failing : open).push(verdict);
    else if (effect === 'blocking-if-not-met' && status === 'not-met') failing.push(verdict);
    else attention.push(verdict);
  }
  return { failing, open, judge, attention };
}

/** The criteria that a reader counts: parts speak through their whole, and what does not apply asks nothing. */
export function countedOf(verdicts: readonly Verdict[]): { readonly criteria: number; readonly met: number } {
  const counted = verdicts.filter(({ effect, status }) => effect !== 'part' && status !== 'not-applicable');
  return { criteria: counted.length, met: counted.filter(({ status }) => status === 'met').length };
}
