import { CdsError } from '../errors.js';

/** A prefetch key that could not be had. */
export interface LackingKey {
  readonly key: string;
  /** Stable code of why. */
  readonly cause: string;
  /** What would have been enough. */
  readonly expected: string;
}

/**
 * The error of a call for which data cannot be had; it names keys and causes, no values.
 *
 * @param sentence what that comes to, without a full stop
 * @source https://cds-hooks.hl7.org/STU2/#prefetch-template: 412 when required data cannot be had
 */
export function recordUnavailable(sentence: string, lacking: readonly LackingKey[]): CdsError {
  const named = lacking.map(({ key, cause }) => `${key} (${cause})`).join(', ');
  return new CdsError('RECORD_UNAVAILABLE', `${sentence}: ${named}.`, {
    detail: named,
    issues: lacking.map(({ key, expected }) => ({ path: `prefetch.${key}`, expected })),
  });
}
