import type { Day } from '../clock.js';

/** From when and until when something holds; both days inclusive. */
export interface Validity {
  readonly validFrom: Day;
  readonly validTo?: Day | undefined;
}

function isInForce(validity: Validity, day: Day): boolean {
  return validity.validFrom <= day && (validity.validTo === undefined || day <= validity.validTo);
}

/**
 * The one version in force on a day: the latest that has begun, unless it has ended.
 *
 * @returns nothing when the day falls before the first version or after the end of the last; an ended version is
 * never followed up by an older one
 */
export function inForceOn<T extends Validity>(versions: readonly T[], day: Day): T | undefined {
  let latest: T | undefined;
  for (const version of versions) {
    if (version.validFrom <= day && (latest === undefined || version.validFrom > latest.validFrom)) latest = version;
  }
  return latest !== undefined && isInForce(latest, day) ? latest : undefined;
}
