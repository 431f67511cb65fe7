import type { RuleStatus } from '../logic/agreement.js';

/** How the readings of a rule came to one status: they differ, they agree, or they differ and configuration chose one. */
type Readings = 'differ' | 'agree' | 'chosen';

/** The reason of a rule over other criteria. Where one of several readings was chosen it says so: nothing is chosen in silence. */
export const RULE_REASONS: Readonly<Record<RuleStatus, Readonly<Record<Readings, string>>>> = {
  met: { differ: 'all-readings-met', agree: 'all-readings-met', chosen: 'reading-chosen' },
  'not-met': { differ: 'no-reading-met', agree: 'no-reading-met', chosen: 'reading-chosen' },
  review: { differ: 'readings-differ', agree: 'part-to-judge', chosen: 'part-to-judge' },
  unknown: { differ: 'part-unknown', agree: 'part-unknown', chosen: 'part-unknown' },
};
