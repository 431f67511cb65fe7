import type { Known, KnownValues } from '../fhirpath/known-values.js';
import { lintExpression } from '../fhirpath/lint.js';
import type { CriterionDefinition, LadderDefinition } from '../schemas/protocol.js';

/** A constant of a criterion that its ladder compares with what it can never be. */
interface Misfit {
  readonly constant: string;
  readonly found: string;
  readonly expected: string;
}

/** The constants of a criterion that the ladder which it shares compares with something that is never so. */
export function constantsAgainst(
  { ladder, with: constants = {} }: CriterionDefinition,
  ladders: ReadonlyMap<string, LadderDefinition>,
  known: KnownValues,
): readonly Misfit[] {
  const answers = (ladder === undefined ? undefined : ladders.get(ladder))?.answers ?? [];
  const misfits = new Map<string, Misfit>();
  for (const [constant, value] of Object.entries(constants)) {
    if (typeof value !== 'string') continue;
    const written: Known = { texts: new Set([value]), written: true };
    const values = { ...known, variable: (name: string) => (name === constant ? written : known.variable(name)) };
    for (const { when } of answers) {
      if (!when.includes(`%${constant}`)) continue;
      for (const { message, expected } of lintExpression(when, { variables: [], valueSets: [], known: values })) {
        if (message === value && expected !== undefined && !misfits.has(constant))
          misfits.set(constant, { constant, found: value, expected });
      }
    }
  }
  return [...misfits.values()];
}
