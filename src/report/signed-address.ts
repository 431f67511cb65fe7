import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * HMAC-SHA256 over what an address lets its holder see and until when, base64url.
 *
 * @param expires seconds since the epoch; the address is good up to and including this second
 */
export function signatureOf(id: string, expires: number, secret: string): string {
  return createHmac('sha256', secret).update(`imsr-report\n${id}\n${expires}`).digest('base64url');
}

/**
 * Whether a signature belongs to this id and end. Takes as long for a wrong one as for a right one.
 *
 * @param expires as it stands in the address, so that no other spelling of the same number passes
 */
export function isSigned(id: string, expires: string, signature: string, secret: string): boolean {
  if (!/^[1-9]\d{0,14}$/.test(expires)) return false;
  const expected = Buffer.from(signatureOf(id, Number(expires), secret));
  const given = Buffer.from(signature);
  return given.length === expected.length && timingSafeEqual(given, expected);
}
