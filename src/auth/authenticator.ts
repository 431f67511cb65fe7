import { compactVerify } from 'jose';
import type { Clock } from '../clock.js';
import { CdsError, RETRY_AFTER_SECONDS } from '../errors.js';
import type { TrustedClient } from '../schemas/client.js';
import type { ReplayGuard } from '../schemas/replay.js';
import type { ClientRegistration, TrustSettings } from '../schemas/trust.js';
import { checkAudience } from './audience.js';
import { readBearerToken } from './bearer-token.js';
import { createClientRegistry } from './client-registry.js';
import { createJwksFetcher, type FetchJwks } from './fetch-jwks.js';
import { authFailed, Refusal, type TokenTrace } from './refusal.js';
import { createRemoteKeySets } from './remote-key-sets.js';
import { readClaims, readHeader } from './token-form.js';
import { checkTimes } from './token-times.js';
import { createVerificationKeys } from './verification-keys.js';

export interface AuthenticatorOptions {
  readonly trust: TrustSettings;
  /** The base URLs at which the service is called now, without trailing slash. */
  readonly publicUrls: () => readonly string[];
  readonly clock: Clock;
  readonly replayGuard: ReplayGuard;
  /** How JWK Sets are fetched; over the network when absent. */
  readonly fetchJwks?: FetchJwks;
}

export interface Authenticator {
  /**
   * Says who is calling.
   *
   * @param authorization the `Authorization` header as it came in
   * @param target path of the endpoint called as the public URLs continue it, for example `/cds-services/imsr-referral`
   * @throws AUTH_FAILED with one sentence for every reason; the reason, `iss`, `tenant` and `jti` are in `detail`
   * @throws OVERLOADED when it cannot be told whether the token was used before
   */
  authenticate(authorization: string | undefined, target: string): Promise<TrustedClient>;
}

/**
 * Trusts a caller on its signed token, or, in development mode, everybody without looking at any token.
 * The cheap checks come first, the network and the signature after them, and the token id is only used up by a token that
 * is good in every other respect: a forged one cannot spend a real one's id.
 *
 * @source https://cds-hooks.hl7.org/STU2/#trusting-cds-clients
 */
export function createAuthenticator(options: AuthenticatorOptions): Authenticator {
  const { trust, publicUrls, clock, replayGuard } = options;
  if (trust.mode === 'development') return { authenticate: () => Promise.resolve(trust.anonymous) };

  const registry = createClientRegistry(trust.clients);
  const keys = createVerificationKeys(
    createRemoteKeySets({
      fetchJwks: options.fetchJwks ?? createJwksFetcher(trust.jwksTimeoutMs),
      clock,
      maxAgeMs: trust.jwksMaxAgeSeconds * 1000,
    }),
  );
  const trusted = new Map(trust.clients.map((client) => [client, trustedClient(client)]));

  const verify = async (
    authorization: string | undefined,
    target: string,
    note: (trace: TokenTrace) => void,
  ): Promise<TrustedClient> => {
    const token = readBearerToken(authorization);
    note(token.claims);
    const header = readHeader(token.header);
    const claims = readClaims(token.claims);
    const client = registry.find(claims.iss, claims.tenant);
    checkAudience(claims.aud, [...publicUrls(), ...client.audiences], target);
    checkTimes(claims, clock.nowMs(), trust);
    const key = await keys.find(client, claims.iss, header);
    await compactVerify(token.compact, key, { algorithms: [header.alg] });
    // Time has passed while a key was fetched: the guard may only forget what the clock refuses from now on.
    checkTimes(claims, clock.nowMs(), trust);
    const expiresAtMs = Math.ceil((claims.exp + trust.clockSkewSeconds) * 1000);
    if (!(await claim(claims.iss, claims.jti, expiresAtMs))) throw new Refusal('jti was used before');
    const caller = trusted.get(client);
    if (caller === undefined) throw new Refusal('the client is not registered');
    return caller;
  };

  const claim = async (issuer: string, jti: string, expiresAtMs: number): Promise<boolean> => {
    try {
      return await replayGuard.claim(issuer, jti, expiresAtMs);
    } catch (cause) {
      throw new CdsError('OVERLOADED', 'The service cannot take this call right now.', {
        detail: `replay guard: ${cause instanceof Error ? cause.message : 'failed'}`,
        cause,
        retryAfterSeconds: RETRY_AFTER_SECONDS.store,
      });
    }
  };

  return {
    async authenticate(authorization, target) {
      let trace: TokenTrace = {};
      try {
        return await verify(authorization, target, (claims) => (trace = claims));
      } catch (error) {
        if (error instanceof CdsError) throw error;
        throw authFailed(reasonOf(error), trace);
      }
    },
  };
}

/** Only our own words and the library's codes: its messages and causes may hold parts of the token. */
function reasonOf(error: unknown): string {
  if (error instanceof Refusal) return error.message;
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED'
    ? 'the signature does not fit'
    : `the token cannot be verified (${typeof code === 'string' ? code : 'no code'})`;
}

function trustedClient(client: ClientRegistration): TrustedClient {
  return Object.freeze({
    id: client.id,
    anonymous: false,
    language: client.language,
    fhirServers: client.fhirServers,
    privateAddressesAllowed: client.privateAddressesAllowed,
  });
}
