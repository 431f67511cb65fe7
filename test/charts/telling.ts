import fc from 'fast-check';
import { DIAGNOSIS_SYSTEMS, type DiagnosisSystem } from './dutch-codes.js';
import type { Phase } from './verdicts-of-story.js';

/** How a chart tells a story. Whatever is chosen here, it is told in full: what one way cannot carry, another place in the chart does. */
export interface Telling {
  /** The call that the EHR makes. */
  readonly asked: 'referral' | 'referral-select' | 'treatment' | 'referral-in-view' | 'treatment-in-view';
  /** The referral has the code of this project, or is one to a rehabilitation physician; treatment has that code or one of the NZa. */
  readonly order: 'own-code' | 'usual-code';
  /** Whether treatment names the referral that it goes back to. */
  readonly basedOn: boolean;
  readonly reason: 'diagnosis' | 'code';
  readonly systems: readonly DiagnosisSystem[];
  /** Which of the codes that would do. */
  readonly pick: number;
  readonly begin: 'day' | 'hour' | 'period' | 'form';
  readonly recurrence: 'status' | 'form';
  readonly sessions: 'procedures' | 'contacts' | 'referral-form' | 'intake-form';
  /** What the referrer tells of sessions that the record holds too. */
  readonly rows: 'with-days' | 'without-days';
  readonly provider: 'vektis' | 'uzi' | 'contained' | 'number' | 'treatment';
  /** What says for which complaint a session was. */
  readonly link: 'diagnosis' | 'code' | 'form';
  readonly hours: boolean;
  readonly results: 'rows' | 'outcomes';
  readonly scores: 'answers' | 'weights' | 'totals';
  readonly functions: 'form' | 'icf';
  readonly wpn: 'form' | 'observation';
}

const REFERRING = new Set<Telling['asked']>(['referral', 'referral-select']);
/** While a referral is written, nothing of the rehabilitation team is there yet. */
export const phaseOf = ({ asked }: Telling): Phase => (REFERRING.has(asked) ? 'referral' : 'indication');

export const arbitraryTelling: fc.Arbitrary<Telling> = fc
  .record({
    asked: fc.constantFrom(
      'referral',
      'referral-select',
      'treatment',
      'treatment',
      'referral-in-view',
      'treatment-in-view',
    ),
    order: fc.constantFrom('own-code', 'usual-code'),
    basedOn: fc.boolean(),
    reason: fc.oneof(
      { weight: 3, arbitrary: fc.constant('diagnosis' as const) },
      { weight: 1, arbitrary: fc.constant('code' as const) },
    ),
    systems: fc.subarray([...DIAGNOSIS_SYSTEMS], { minLength: 1 }),
    pick: fc.nat(11),
    begin: fc.constantFrom('day', 'hour', 'period', 'form'),
    recurrence: fc.constantFrom('status', 'form'),
    sessions: fc.constantFrom('procedures', 'procedures', 'contacts', 'referral-form', 'intake-form'),
    rows: fc.constantFrom('with-days', 'without-days'),
    provider: fc.constantFrom('vektis', 'uzi', 'contained', 'number', 'treatment'),
    link: fc.constantFrom('diagnosis', 'code', 'form'),
    hours: fc.boolean(),
    results: fc.constantFrom('rows', 'outcomes'),
    scores: fc.constantFrom('answers', 'weights', 'totals'),
    functions: fc.constantFrom('form', 'icf'),
    wpn: fc.constantFrom('form', 'observation'),
  })
  .map((telling) =>
    phaseOf(telling) === 'referral' && telling.sessions === 'intake-form'
      ? { ...telling, sessions: 'referral-form' }
      : telling,
  );
