import { createPublicKey } from 'node:crypto';
import { z } from 'zod';

/**
 * The signature algorithms a client may be allowed: asymmetric, SHA-2, nothing else. `none` and HS* have no place in it.
 *
 * @source https://cds-hooks.hl7.org/STU2/#jwt-signing-algorithm (ES384 and RS384 recommended)
 */
export const SIGNING_ALGORITHMS = [
  'ES384',
  'RS384',
  'ES256',
  'ES512',
  'RS256',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'EdDSA',
] as const;
export type SigningAlgorithm = (typeof SIGNING_ALGORITHMS)[number];

/** The public half of a signing key, reduced to what verification needs. */
export interface PublicJwk {
  readonly kid: string;
  readonly kty: 'EC' | 'RSA' | 'OKP';
  readonly crv?: string;
  readonly x?: string;
  readonly y?: string;
  readonly n?: string;
  readonly e?: string;
  /** What this key may verify: its own `alg`, or else everything that fits its type and curve. */
  readonly algorithms: readonly SigningAlgorithm[];
}

/** A JWK Set after reading: the keys that can be used and what is wrong with the others. */
export interface JwkSet {
  readonly keys: readonly PublicJwk[];
  readonly refused: readonly { readonly index: number; readonly reason: string }[];
}

/** More keys than any client has; a bound on what a foreign document can make us import. */
const MAX_KEYS_IN_SET = 100;

const RSA_BITS = { min: 2048, max: 8192 } as const;
const PRIVATE_MEMBERS = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'] as const;
const RSA_ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'] as const;
const CURVE_ALGORITHM: Readonly<Record<string, SigningAlgorithm>> = {
  'P-256': 'ES256',
  'P-384': 'ES384',
  'P-521': 'ES512',
  Ed25519: 'EdDSA',
};

const setSchema = z.looseObject({ keys: z.array(z.unknown()).max(MAX_KEYS_IN_SET) });
const shared = {
  kid: z.string().min(1).max(255),
  use: z.string().optional(),
  key_ops: z.array(z.string()).optional(),
  alg: z.string().optional(),
};
const keySchema = z.discriminatedUnion('kty', [
  z.looseObject({
    ...shared,
    kty: z.literal('EC'),
    crv: z.enum(['P-256', 'P-384', 'P-521']),
    x: z.string(),
    y: z.string(),
  }),
  z.looseObject({ ...shared, kty: z.literal('RSA'), n: z.string(), e: z.string() }),
  z.looseObject({ ...shared, kty: z.literal('OKP'), crv: z.literal('Ed25519'), x: z.string() }),
]);

/**
 * Reads a JWK Set. A key that cannot or may not verify a client's token is left out with a reason that holds no key material. A set
 * without keys is one: its owner has withdrawn them all.
 *
 * @returns nothing when the value is not a JWK Set at all
 * @source RFC 7517 §4 and §5, RFC 8725 §3.5 (key strength)
 */
export function readJwkSet(value: unknown): JwkSet | undefined {
  const set = setSchema.safeParse(value);
  if (!set.success) return undefined;
  const keys: PublicJwk[] = [];
  const refused: { index: number; reason: string }[] = [];
  set.data.keys.forEach((candidate, index) => {
    const key = readKey(candidate);
    if (typeof key === 'string') refused.push({ index, reason: key });
    else if (
      keys.some((other) => other.kid === key.kid && other.algorithms.some((alg) => key.algorithms.includes(alg)))
    )
      refused.push({ index, reason: 'its kid stands twice in the set' });
    else keys.push(key);
  });
  return { keys, refused };
}

function readKey(candidate: unknown): PublicJwk | string {
  if (typeof candidate !== 'object' || candidate === null) return 'not a key';
  if (PRIVATE_MEMBERS.some((member) => member in candidate)) return 'holds private or symmetric key material';
  const parsed = keySchema.safeParse(candidate);
  if (!parsed.success) return 'not an EC (P-256, P-384, P-521), RSA or Ed25519 key with a kid';
  const { kid, kty, use, key_ops: operations, alg } = parsed.data;
  if (use !== undefined && use !== 'sig') return 'not meant for signatures (use)';
  if (operations !== undefined && !operations.includes('verify')) return 'not meant for verification (key_ops)';
  const members =
    parsed.data.kty === 'RSA'
      ? { n: parsed.data.n, e: parsed.data.e }
      : parsed.data.kty === 'EC'
        ? { crv: parsed.data.crv, x: parsed.data.x, y: parsed.data.y }
        : { crv: parsed.data.crv, x: parsed.data.x };
  const fitting = fittingAlgorithms(parsed.data);
  const algorithms = alg === undefined ? fitting : fitting.filter((candidateAlg) => candidateAlg === alg);
  if (algorithms.length === 0) return 'its alg does not fit its type';
  const weakness = weaknessOf({ kty, ...members });
  return weakness ?? { kid, kty, ...members, algorithms };
}

function fittingAlgorithms(key: z.output<typeof keySchema>): readonly SigningAlgorithm[] {
  if (key.kty === 'RSA') return RSA_ALGORITHMS;
  const algorithm = CURVE_ALGORITHM[key.crv];
  return algorithm === undefined ? [] : [algorithm];
}

/** Points off the curve, garbled numbers and short moduli are found here and not at a client's first call. */
function weaknessOf(jwk: { readonly kty: string; readonly [member: string]: string }): string | undefined {
  try {
    const bits = createPublicKey({ key: { ...jwk }, format: 'jwk' }).asymmetricKeyDetails?.modulusLength;
    if (jwk.kty === 'RSA' && (bits === undefined || bits < RSA_BITS.min || bits > RSA_BITS.max))
      return `its modulus is not ${RSA_BITS.min} to ${RSA_BITS.max} bits`;
    return undefined;
  } catch {
    return 'its numbers are not a key';
  }
}
