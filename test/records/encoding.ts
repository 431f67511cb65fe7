/**
 * How the first-line sessions stand in the record.
 *
 * - `procedures`: a Procedure per session, its PractitionerRole in the record
 * - `contained`: the same with the PractitionerRole contained
 * - `instants`: the same with dateTimes and offsets, some on another UTC day than the calendar day in Amsterdam
 * - `encounters`: an Encounter per session
 * - `referral-form`, `intake-form`: rows of that form, with number and dates, and no sessions as resources
 */
const sessionEncodings = [
  'procedures',
  'contained',
  'instants',
  'encounters',
  'referral-form',
  'intake-form',
] as const;

/** `items`: integer item answers; `totals`: Observations with the total; `ordinals`: coded answers with ordinalValue. */
export const instrumentEncodings = ['items', 'totals', 'ordinals'] as const;

/**
 * - `based-on`: a draft treatment order that names the active referral
 * - `newest-referral`: a draft treatment order that names nothing; older referrals stand beside the right one
 * - `single`: a draft treatment order dated on the referral day, and no referral at all
 * - `referral`: the draft is the referral itself (the referrer's phase; no intake form yet)
 */
const orderEncodings = ['based-on', 'newest-referral', 'single', 'referral'] as const;

export interface Encoding {
  readonly sessions: (typeof sessionEncodings)[number];
  readonly instruments: (typeof instrumentEncodings)[number];
  readonly order: (typeof orderEncodings)[number];
}

export const plainEncoding: Encoding = { sessions: 'procedures', instruments: 'items', order: 'based-on' };

/** Every combination in which the indication phase gives the same verdicts. */
export const indicationEncodings: readonly Encoding[] = sessionEncodings.flatMap((sessions) =>
  instrumentEncodings.flatMap((instruments) =>
    orderEncodings.filter((order) => order !== 'referral').map((order) => ({ sessions, instruments, order })),
  ),
);

/** Each way of writing something down at least once: enough where every combination would take too long. */
export const someEncodings: readonly Encoding[] = sessionEncodings.map((sessions, at) => ({
  sessions,
  instruments: instrumentEncodings[at % 3] ?? 'items',
  order: orderEncodings[at % 3] ?? 'based-on',
}));

export function encodingName({ sessions, instruments, order }: Encoding): string {
  return `${sessions} / ${instruments} / ${order}`;
}
