import type { TrustedClient } from './client.js';
import type { PublicJwk, SigningAlgorithm } from './jwk.js';

/** A CDS client as the site registered it: who it is, how its tokens are checked, what it may make the service do. */
export interface ClientRegistration extends Omit<TrustedClient, 'anonymous'> {
  /** Accepted `iss` values, compared as they stand. */
  readonly issuers: readonly string[];
  /** Accepted `tenant` values; absent when the claim plays no part for this client. */
  readonly tenants?: readonly string[] | undefined;
  /** Base URLs beside the public ones under which only this client calls (its own gateway); no trailing slash. */
  readonly audiences: readonly string[];
  /** Keys agreed out of band, by issuer. An issuer that stands here is never looked up over the network. */
  readonly localKeys: ReadonlyMap<string, readonly PublicJwk[]>;
  /** URLs of JWK Sets that may be fetched for this client; a token that names another is refused. */
  readonly jku: readonly string[];
  readonly algorithms: readonly SigningAlgorithm[];
  /** How long receipts and feedback of this client are kept, in days. */
  readonly retentionDays: number;
  /** Browser origins from which this client calls. */
  readonly origins: readonly string[];
  /** Calls per minute; 0 is no limit. */
  readonly rateLimitPerMinute: number;
}

/** Everything that decides whether a caller is trusted. */
export interface TrustSettings {
  /** `development`: nobody is registered and every caller is the anonymous client. */
  readonly mode: 'clients' | 'development';
  /** Base URLs at which the service is called, without trailing slash; `aud` is compared with these plus the path. */
  readonly publicUrls: readonly string[];
  readonly clients: readonly ClientRegistration[];
  /** Who the caller is in development mode. */
  readonly anonymous: TrustedClient;
  readonly clockSkewSeconds: number;
  /** Longest accepted `exp - iat`. */
  readonly tokenMaxLifetimeSeconds: number;
  /** After this long a fetched JWK Set is fetched again. */
  readonly jwksMaxAgeSeconds: number;
  readonly jwksTimeoutMs: number;
  /** How many unexpired token ids one instance remembers. */
  readonly replayCapacity: number;
}
