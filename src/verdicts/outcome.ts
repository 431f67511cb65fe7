import { bearingOf } from '../logic/bearing.js';
import type { Effect, Outcome, Status } from '../schemas/verdict.js';

/** The part of a verdict that bears on the outcome. */
export interface Weighed {
  readonly id: string;
  readonly effect: Effect;
  readonly status: Status;
}

/** The criterion that a transition rule may cover, and whether it does on this day. */
export interface Transition {
  readonly criterion: string;
  readonly covered: boolean;
  readonly disputed: boolean;
}

/**
 * Weighs all criteria of a phase.
 *
 * A blocking criterion that is not met decides, unless it alone fails and a transition rule covers the patient, or may
 * cover the patient by one reading of its text. After that whatever is unknown comes before whatever is to be judged.
 */
export function outcomeOf(verdicts: readonly Weighed[], transition: Transition): Outcome {
  const bearings = verdicts.map(({ effect, status }) => bearingOf(effect, status));
  const failing = verdicts.filter((_, at) => bearings[at] === 'failing');
  const onlyTransitional = failing.length > 0 && failing.every(({ id }) => id === transition.criterion);
  if (failing.length > 0 && !onlyTransitional) return 'not-met';
  if (onlyTransitional && transition.covered) return 'transition';
  if (onlyTransitional && !transition.disputed) return 'not-met';
  if (bearings.includes('open')) return 'unknown';
  return onlyTransitional || bearings.includes('judge') ? 'review' : 'met';
}
