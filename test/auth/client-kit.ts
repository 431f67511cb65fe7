import { CompactSign, exportJWK, generateKeyPair, type CryptoKey, type JWK } from 'jose';
import { expect } from 'vitest';
import { createAuthenticator, type Authenticator } from '../../src/auth/authenticator.js';
import type { FetchJwks } from '../../src/auth/fetch-jwks.js';
import { createMemoryReplayGuard } from '../../src/auth/memory-replay-guard.js';
import type { Clock } from '../../src/clock.js';
import { CdsError } from '../../src/errors.js';
import { readJwkSet, SIGNING_ALGORITHMS, type PublicJwk, type SigningAlgorithm } from '../../src/schemas/jwk.js';
import type { ReplayGuard } from '../../src/schemas/replay.js';
import type { ClientRegistration, TrustSettings } from '../../src/schemas/trust.js';

export const ISSUER = 'https://ehr.example';
export const BASE = 'https://cds.example';
export const PATH = '/cds-services/some-service';
export const NOW = Date.parse('2026-11-23T10:00:00Z');
export const NOW_SECONDS = NOW / 1000;

export interface SigningKey {
  readonly kid: string;
  readonly alg: SigningAlgorithm;
  readonly privateKey: CryptoKey;
  readonly publicJwk: JWK;
}

/** A real key pair, made for this run. */
export async function signingKey(alg: SigningAlgorithm = 'ES384', kid = 'key-1'): Promise<SigningKey> {
  const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true });
  return { kid, alg, privateKey, publicJwk: { ...(await exportJWK(publicKey)), kid, alg, use: 'sig' } };
}

export function jwkSet(...keys: readonly SigningKey[]): { readonly keys: readonly JWK[] } {
  return { keys: keys.map((key) => key.publicJwk) };
}

export function publicKeys(...keys: readonly SigningKey[]): readonly PublicJwk[] {
  const set = readJwkSet(jwkSet(...keys));
  if (set === undefined || set.refused.length > 0) throw new Error('the test made keys that cannot be read');
  return set.keys;
}

let issued = 0;

/** Claims that are good in every respect, with an id of their own. */
export function goodClaims(): Record<string, unknown> {
  issued += 1;
  return {
    iss: ISSUER,
    aud: `${BASE}${PATH}`,
    iat: NOW_SECONDS,
    exp: NOW_SECONDS + 300,
    jti: `token-${issued}`,
  };
}

/** A token with changes on top of what is good; a value `undefined` leaves a member out. */
export async function token(
  key: SigningKey,
  changes: Readonly<Record<string, unknown>> = {},
  headerChanges: Readonly<Record<string, unknown>> = {},
): Promise<string> {
  const claims = JSON.stringify({ ...goodClaims(), ...changes });
  const header = { alg: key.alg, kid: key.kid, typ: 'JWT', ...headerChanges };
  const present = Object.fromEntries(Object.entries(header).filter(([, value]) => value !== undefined));
  return new CompactSign(new TextEncoder().encode(claims))
    .setProtectedHeader(present as { alg: string })
    .sign(key.privateKey);
}

export function bearer(compact: string): string {
  return `Bearer ${compact}`;
}

export function registration(changes: Partial<ClientRegistration> = {}): ClientRegistration {
  return {
    id: 'hospital-a',
    issuers: [ISSUER],
    audiences: [],
    localKeys: new Map(),
    jku: [],
    algorithms: SIGNING_ALGORITHMS,
    fhirServers: ['https://fhir.example/r4'],
    privateAddressesAllowed: false,
    retentionDays: 30,
    origins: [],
    rateLimitPerMinute: 0,
    ...changes,
  };
}

export function trust(...clients: readonly ClientRegistration[]): TrustSettings {
  return {
    mode: 'clients',
    publicUrls: [BASE],
    clients,
    anonymous: {
      id: 'development',
      anonymous: true,
      fhirServers: ['http://127.0.0.1:9/fhir'],
      privateAddressesAllowed: true,
    },
    clockSkewSeconds: 60,
    tokenMaxLifetimeSeconds: 3600,
    jwksMaxAgeSeconds: 600,
    jwksTimeoutMs: 1000,
    replayCapacity: 1000,
  };
}

/** A clock that a test moves by hand. */
export function handClock(): Clock & { advance(ms: number): void } {
  let now = NOW;
  return {
    nowMs: () => now,
    today: () => new Date(now).toISOString().slice(0, 10),
    advance: (ms) => {
      now += ms;
    },
  };
}

export interface Setup {
  readonly clock?: Clock;
  readonly replayGuard?: ReplayGuard;
  readonly fetchJwks?: FetchJwks;
}

const noNetwork: FetchJwks = () => Promise.reject(new Error('no network in this test'));

export function authenticatorFor(settings: TrustSettings, setup: Setup = {}): Authenticator {
  const clock = setup.clock ?? handClock();
  return createAuthenticator({
    trust: settings,
    publicUrls: () => settings.publicUrls,
    clock,
    replayGuard: setup.replayGuard ?? createMemoryReplayGuard(clock, settings.replayCapacity),
    fetchJwks: setup.fetchJwks ?? noNetwork,
  });
}

/** An authenticator for one client with keys agreed out of band. */
export function forKeys(keys: readonly SigningKey[], changes: Partial<ClientRegistration> = {}): Authenticator {
  return authenticatorFor(trust(registration({ localKeys: new Map([[ISSUER, publicKeys(...keys)]]), ...changes })));
}

/** The error of a call that must be refused, for looking at its detail. */
export async function refusalOf(call: Promise<unknown>): Promise<CdsError> {
  const outcome = await call.then(
    () => 'accepted',
    (error: unknown) => error,
  );
  expect(outcome).toBeInstanceOf(CdsError);
  const error = outcome as CdsError;
  expect(error.code).toBe('AUTH_FAILED');
  expect(error.message).toBe('The call could not be authenticated.');
  expect(error.issues).toEqual([]);
  expect(error.cause).toBeUndefined();
  return error;
}
