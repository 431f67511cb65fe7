import type { Effect, Status } from '../schemas/verdict.js';

/**
 * What a verdict asks for: it keeps the order back, keeps the outcome open until a datum is supplied, asks for a person's judgement, or
 * is worth a look without bearing on the outcome.
 */
export type Bearing = 'failing' | 'open' | 'judge' | 'attention';

/** How a verdict bears on the outcome; nothing where it asks for nothing. Parts speak through their whole. */
export function bearingOf(effect: Effect, status: Status): Bearing | undefined {
  if (effect === 'part' || status === 'met' || status === 'not-applicable') return undefined;
  if (status === 'review') return 'judge';
  if (effect === 'completeness') return 'open';
  if (effect === 'blocking') return status === 'not-met' ? 'failing' : 'open';
  return effect === 'blocking-if-not-met' && status === 'not-met' ? 'failing' : 'attention';
}
