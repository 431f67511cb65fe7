import { Refusal } from './refusal.js';

/**
 * Checks that a token was made for the endpoint called: `aud`, or one of its values, is a known base URL plus the path.
 * One trailing slash more or less makes no difference, on either side, since no two endpoints differ by it; everything
 * else is compared character by character.
 *
 * @param baseUrls configured base URLs without trailing slash; never taken from the request
 * @param target path of the request, with or without its query
 * @throws Refusal when none of the values fits
 * @source https://cds-hooks.hl7.org/STU2/#trusting-cds-clients (`aud`)
 */
export function checkAudience(aud: string | readonly string[], baseUrls: Iterable<string>, target: string): void {
  const path = withoutSlash(target.split('?', 1)[0] ?? '');
  const values = (typeof aud === 'string' ? [aud] : aud).map(withoutSlash);
  for (const base of baseUrls) if (values.includes(`${base}${path}`)) return;
  throw new Refusal('aud is not the endpoint called');
}

function withoutSlash(text: string): string {
  return text.endsWith('/') ? text.slice(0, -1) : text;
}
