import { Refusal } from './refusal.js';
import type { TokenClaims } from './token-form.js';

/** How much time is allowed, in seconds. */
export interface TimeLimits {
  readonly clockSkewSeconds: number;
  readonly tokenMaxLifetimeSeconds: number;
}

/**
 * Checks `exp`, `iat` and `nbf` against the clock. The skew widens every comparison with our clock, never the lifetime,
 * which the client measured with one clock.
 *
 * @throws Refusal naming the claim that does not fit
 * @source RFC 7519 §4.1.4 to §4.1.6; https://cds-hooks.org/best-practices/ (an hour at most)
 */
export function checkTimes(claims: TokenClaims, nowMs: number, limits: TimeLimits): void {
  const { exp, iat, nbf } = claims;
  const now = nowMs / 1000;
  const skew = limits.clockSkewSeconds;
  if (exp <= iat) throw new Refusal('exp is not after iat');
  if (exp - iat > limits.tokenMaxLifetimeSeconds) throw new Refusal('exp is too long after iat');
  if (now >= exp + skew) throw new Refusal('exp has passed');
  if (iat > now + skew) throw new Refusal('iat lies in the future');
  if (nbf !== undefined && nbf > now + skew) throw new Refusal('nbf lies in the future');
}
