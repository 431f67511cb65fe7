import { z } from 'zod';
import { SIGNING_ALGORITHMS } from '../schemas/jwk.js';
import { LANGUAGES } from '../schemas/service.js';

const text = z.string().min(1).max(2_000);
const texts = z.array(text).min(1).max(100);
const days = z.int().min(1).max(36_500);
const callsPerMinute = z.int().min(0).max(10_000_000);

/** A JWK Set in place, or the path of a file that holds one, relative to the clients file. */
const localKeys = z.union([text, z.looseObject({ keys: z.array(z.unknown()) })]);
export type LocalKeys = z.output<typeof localKeys>;

/** One registered client. */
export const clientEntry = z.strictObject({
  /** Names the client in logs, receipts and reports; never reuse one. */
  id: z.string().regex(/^[a-z0-9][a-z0-9._-]{0,63}$/),
  /** The `iss` of its tokens. */
  issuers: texts,
  /** Accepted `tenant` claims; needed where clients share an issuer. */
  tenants: texts.optional(),
  /** Base URLs beside PUBLIC_URLS under which this client calls. */
  audiences: texts.optional(),
  /** One JWK Set for all its issuers. */
  jwks: localKeys.optional(),
  /** A JWK Set per issuer; goes before `jwks`. */
  jwksByIssuer: z.record(text, localKeys).optional(),
  /** URLs that a token's `jku` may name; also fetched when a token names none. */
  jku: z.array(text).max(100).optional(),
  /** Allows http on loopback in `jku`; development only. */
  loopbackJkuAllowed: z.boolean().optional(),
  algorithms: z.array(z.enum(SIGNING_ALGORITHMS)).min(1).optional(),
  language: z.enum(LANGUAGES).optional(),
  /** FHIR base URLs that may be called for this client. */
  fhirServers: z.array(text).max(100).optional(),
  privateAddressesAllowed: z.boolean().optional(),
  retentionDays: days.optional(),
  /** Browser origins from which it calls. */
  origins: texts.optional(),
  rateLimitPerMinute: callsPerMinute.optional(),
});

/** `CLIENTS_FILE`: every registered client. */
export const clientsFile = z.strictObject({ clients: z.array(clientEntry).min(1).max(1_000) });

export type ClientEntry = z.output<typeof clientEntry>;
