import { isObject, type Json } from '../schemas/json-object.js';
import { Refusal } from './refusal.js';

/** A token as it came in, taken apart; nothing of it is verified. */
export interface BearerToken {
  readonly compact: string;
  readonly header: Json;
  readonly claims: Json;
}

/** Longest token that is looked at; real ones have 500 to 1,500 characters. */
export const MAX_TOKEN_LENGTH = 8_192;

/**
 * Takes the token out of an `Authorization` header. The scheme counts in any case (RFC 9110 §11.1); the three parts must
 * be base64url in its one canonical form, so that no second spelling of a token exists.
 *
 * @throws Refusal when there is no token or it cannot be read
 */
export function readBearerToken(authorization: string | undefined): BearerToken {
  if (authorization === undefined || authorization.trim() === '') throw new Refusal('no Authorization header');
  const compact = /^bearer +([^ ]+) *$/i.exec(authorization)?.[1];
  if (compact === undefined) throw new Refusal('the Authorization header is not one Bearer token');
  if (compact.length > MAX_TOKEN_LENGTH) throw new Refusal('the token is too long');
  const parts = compact.split('.');
  const [header, claims, signature] = parts;
  if (parts.length !== 3 || header === undefined || claims === undefined || !signature)
    throw new Refusal('the token does not have three parts');
  if (bytesOf(signature) === undefined) throw new Refusal('the signature is not base64url');
  return { compact, header: readObject(header, 'header'), claims: readObject(claims, 'payload') };
}

function readObject(part: string, name: string): Json {
  const bytes = bytesOf(part);
  if (bytes === undefined) throw new Refusal(`the ${name} is not base64url`);
  let value: unknown;
  try {
    value = JSON.parse(bytes.toString('utf8'));
  } catch {
    throw new Refusal(`the ${name} is not JSON`);
  }
  if (!isObject(value)) throw new Refusal(`the ${name} is not a JSON object`);
  return value;
}

/** What canonical base64url stands for; nothing for any other text. */
function bytesOf(part: string): Buffer | undefined {
  const bytes = Buffer.from(part, 'base64url');
  return bytes.toString('base64url') === part ? bytes : undefined;
}
