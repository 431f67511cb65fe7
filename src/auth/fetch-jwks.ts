import { Agent, request } from 'undici';

/** Gets the JSON document at an allow-listed URL; throws when it cannot be had. */
export type FetchJwks = (url: string) => Promise<unknown>;

/** Far more than 100 keys need; a document that is larger is not a JWK Set. */
export const MAX_JWKS_BYTES = 262_144;

/**
 * Fetches JWK Sets: one GET, no redirects (a redirect could lead off the allow-list), JSON only, bounded in time and size.
 *
 * @param timeoutMs for the whole exchange
 * @source RFC 7515 §4.1.2, RFC 8725 §3.10
 */
export function createJwksFetcher(timeoutMs: number): FetchJwks {
  const dispatcher = new Agent({ maxResponseSize: MAX_JWKS_BYTES });
  return async (url) => {
    const response = await request(url, {
      dispatcher,
      method: 'GET',
      headers: { accept: 'application/jwk-set+json, application/json', 'accept-encoding': 'identity' },
      signal: AbortSignal.timeout(timeoutMs),
    });
    // Destroying a body that was not read to its end is an error event, and one that nobody hears ends the process.
    response.body.on('error', () => undefined);
    try {
      if (response.statusCode !== 200) throw new Error(`status ${response.statusCode}`);
      const type = String(response.headers['content-type'] ?? '');
      if (!/^application\/([a-z0-9.-]+\+)?json\b/i.test(type)) throw new Error('the answer is not JSON');
      return await response.body.json();
    } finally {
      response.body.destroy();
    }
  };
}
