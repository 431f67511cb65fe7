import type { Verdict } from '../schemas/verdict.js';

/**
 * The answer that a gap in the record keeps from being given, as a verdict to be worded; nothing where nothing was found
 * against the criterion. It is told beside the gap and decides nothing.
 */
export function withheldIn(verdict: Verdict): Verdict | undefined {
  const { withheld, ...open } = verdict;
  return withheld === undefined ? undefined : { ...open, status: 'not-met', ...withheld };
}
