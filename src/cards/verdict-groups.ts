import { type Bearing, bearingOf } from '../logic/bearing.js';
import type { Verdict } from '../schemas/verdict.js';

/** The verdicts of an assessment by what they ask of a reader. */
export type VerdictGroups = Readonly<Record<Bearing, readonly Verdict[]>>;

/** Sorts verdicts as the outcome weighs them. */
export function groupVerdicts(verdicts: readonly Verdict[]): VerdictGroups {
  const groups: Record<Bearing, Verdict[]> = { failing: [], open: [], judge: [], attention: [] };
  for (const verdict of verdicts) {
    const bearing = bearingOf(verdict.effect, verdict.status);
    if (bearing !== undefined) groups[bearing].push(verdict);
  }
  return groups;
}

/** The criteria that a reader counts: parts speak through their whole, and what does not apply asks nothing. */
export function countedOf(verdicts: readonly Verdict[]): { readonly criteria: number; readonly met: number } {
  const counted = verdicts.filter(({ effect, status }) => effect !== 'part' && status !== 'not-applicable');
  return { criteria: counted.length, met: counted.filter(({ status }) => status === 'met').length };
}
