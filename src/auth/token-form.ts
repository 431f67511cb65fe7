import { z } from 'zod';
import { SIGNING_ALGORITHMS } from '../schemas/jwk.js';
import { Refusal } from './refusal.js';

const name = z.string().min(1).max(255);
/** RFC 7519 allows fractions of a second. */
const instant = z.number().nonnegative().max(8_640_000_000_000);

/**
 * The JOSE header of a client's token. `typ` is required as the specification has it, in any case because it is a media
 * type; `crit` is refused because nothing critical is known here; other members are ignored.
 *
 * @source https://cds-hooks.hl7.org/STU2/#trusting-cds-clients
 */
const headerForm = z.looseObject({
  alg: z.enum(SIGNING_ALGORITHMS),
  kid: name,
  typ: z.string().regex(/^jwt$/i),
  jku: z.string().min(1).max(2_000).optional(),
  crit: z.undefined().optional(),
});

/** The claims of a client's token; others, such as `sub`, are ignored. */
const claimsForm = z.looseObject({
  iss: z.string().min(1).max(2_000),
  aud: z.union([z.string(), z.array(z.string()).min(1).max(100)]),
  exp: instant,
  iat: instant,
  nbf: instant.optional(),
  jti: name,
  tenant: name.optional(),
});

export type TokenHeader = z.output<typeof headerForm>;
export type TokenClaims = z.output<typeof claimsForm>;

/** @throws Refusal naming the members that are missing or of another form, not their values */
export function readHeader(header: unknown): TokenHeader {
  return read(headerForm, header, 'header');
}

/** @throws Refusal naming the claims that are missing or of another form, not their values */
export function readClaims(claims: unknown): TokenClaims {
  return read(claimsForm, claims, 'payload');
}

function read<T>(schema: z.ZodType<T>, value: unknown, part: string): T {
  const read = schema.safeParse(value);
  if (read.success) return read.data;
  const members = [...new Set(read.error.issues.map((issue) => String(issue.path[0])))];
  throw new Refusal(`${part}: ${members.join(', ')} missing or not allowed`);
}
