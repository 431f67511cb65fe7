import { CdsError } from '../errors.js';

/** Why a token is not trusted; for the log, never for the caller. */
export class Refusal extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = 'Refusal';
  }
}

/** What the log may know of a token: who says to have issued it, for whom, and its id; never the token itself. */
export interface TokenTrace {
  readonly iss?: unknown;
  readonly tenant?: unknown;
  readonly jti?: unknown;
}

/** The one answer to every caller that is not trusted, whatever the reason. */
const AUTH_FAILED_MESSAGE = 'The call could not be authenticated.';

const MAX_TRACE_LENGTH = 255;

/**
 * The error for the caller, with the reason and the trace as detail for the log.
 *
 * @source https://cds-hooks.org/best-practices/#security
 */
export function authFailed(reason: string, trace: TokenTrace): CdsError {
  const known = (['iss', 'tenant', 'jti'] as const).flatMap((claim) => {
    const value = trace[claim];
    return typeof value === 'string' ? [`${claim}=${JSON.stringify(value.slice(0, MAX_TRACE_LENGTH))}`] : [];
  });
  return new CdsError('AUTH_FAILED', AUTH_FAILED_MESSAGE, { detail: [reason, ...known].join('; ') });
}
