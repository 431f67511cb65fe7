import { createHmac, timingSafeEqual } from 'node:crypto';

/** What a signed address lets its holder see, and until when. */
export interface AddressClaim {
  readonly id: string;
  /** Seconds since the epoch; the address is good up to and including this second. */
  readonly expires: number;
}

/** HMAC-SHA256 over id and end, base64url. */
export function signatureOf({ id, expires }: AddressClaim, secret: string): string {
  return createHmac('sha256', secret).update(`imsr-report\n${id}\n${expires}`).digest('base64url');
}

/**
 * Whether a signature belongs to this id and end. Takes as long for a wrong one as for a right one.
 *
 * @param expires as it stands in the address, so that no other spelling of the same number passes
 */
export function isSigned(id: string, expires: string, signature: string, secret: string): boolean {
  if (!/^[1-9]\d{0,14}$/.test(expires)) return false;
  const expected = Buffer.from(signatureOf({ id, expires: Number(expires) }, secret));
  const given = Buffer.from(signature);
  return given.length === expected.length && timingSafeEqual(given, expected);
}
