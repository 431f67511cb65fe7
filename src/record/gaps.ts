import { GAP_REASONS, type GapReason, type GatheredKey } from '../schemas/record.js';

/** In `GatheredKey.types`: the key speaks for every resource type. */
export const EVERY_TYPE = '*';

/** The worse of two gaps; a gap is worse than none. */
export function worseGap(one: GapReason | undefined, other: GapReason | undefined): GapReason | undefined {
  return GAP_REASONS.find((gap) => gap === one || gap === other);
}

/** The worst gap in what was gathered of a type; one that no key speaks for was not gathered. */
export function gapInKeys(keys: readonly GatheredKey[], resourceType: string): GapReason | undefined {
  let spokenFor = false;
  let worst: GapReason | undefined;
  for (const key of keys) {
    if (!key.types.includes(resourceType) && !key.types.includes(EVERY_TYPE)) continue;
    spokenFor = true;
    worst = worseGap(worst, gapOf(key));
  }
  return spokenFor ? worst : 'not-gathered';
}

/** A key that failed or was not gathered is a gap, also when it does not say so. */
function gapOf(key: GatheredKey): GapReason | undefined {
  if (key.gap !== undefined) return key.gap;
  if (key.state === 'failed') return 'fetch-failed';
  return key.state === 'not-gathered' ? 'not-gathered' : undefined;
}
