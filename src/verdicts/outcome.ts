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
  const failing = verdicts.filter(({ effect, status }) => status === 'not-met' && blocksWhenNotMet(effect));
  const onlyTransitional = failing.length > 0 && failing.every(({ id }) => id === transition.criterion);
  if (failing.length > 0 && !onlyTransitional) return 'not-met';
  if (onlyTransitional && transition.covered) return 'transition';
  if (onlyTransitional && !transition.disputed) return 'not-met';
  if (verdicts.some(({ effect, status }) => leavesOpen(effect, status))) return 'unknown';
  if (onlyTransitional || verdicts.some(({ effect, status }) => status === 'review' && effect !== 'part'))
    return 'review';
  return 'met';
}

function blocksWhenNotMet(effect: Effect): boolean {
  return effect === 'blocking' || effect === 'blocking-if-not-met';
}

function leavesOpen(effect: Effect, status: Status): boolean {
  if (status === 'unknown') return effect === 'blocking' || effect === 'completeness';
  return status === 'not-met' && effect === 'completeness';
}
