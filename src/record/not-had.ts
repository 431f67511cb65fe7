import type { GatheredRecord } from '../schemas/record.js';
import { type FetchReport, NOT_NEEDED, ROLES_KEY } from './gather.js';

/** A prefetch key of which something was asked for and could not be had, for the log; both are codes of ours. */
export interface NotHad {
  readonly key: string;
  readonly cause: string;
}

/**
 * What could not be had of a record, each cause once per key. What the client did not send and named no FHIR server for, or
 * what was not needed, is not among it: nobody was asked.
 *
 * @param roles the reports of reads of referenced roles, which are no gap in any key
 */
export function notHad(record: GatheredRecord, roles: readonly FetchReport[]): readonly NotHad[] {
  const keys = record.keys.flatMap(({ key, gap, cause }) =>
    gap === undefined || (gap === 'not-gathered' && cause === 'no-fhir-server') || cause === NOT_NEEDED
      ? []
      : [{ key, cause: cause ?? gap }],
  );
  const causes = new Set(roles.map(({ outcome }) => outcome).filter((outcome) => outcome !== 'ok'));
  return [...keys, ...[...causes].map((cause) => ({ key: ROLES_KEY, cause }))];
}
