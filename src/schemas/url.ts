/**
 * Takes a URL apart.
 *
 * In place of `URL.canParse`, which on Node 20 says no of hosts beyond ASCII once it has been called some thousand times.
 * @returns nothing where it is none
 */
export function parseUrl(text: string, base?: string): URL | undefined {
  try {
    return new URL(text, base);
  } catch {
    return undefined;
  }
}

/** An absolute http(s) URL, without spaces. */
export function isHttpUrl(text: string): boolean {
  return /^https?:\/\/[^\s]+$/i.test(text) && parseUrl(text) !== undefined;
}

/**
 * One spelling for an http(s) URL to which paths are added, such as the base of a FHIR server: lower-case host, no default
 * port, no trailing slash.
 *
 * @returns nothing when it is none, or carries a user, a query or a fragment
 */
export function readBaseUrl(text: string): string | undefined {
  const url = parseUrl(text);
  if (url === undefined || (url.protocol !== 'https:' && url.protocol !== 'http:')) return undefined;
  if (url.username !== '' || url.password !== '' || text.includes('?') || text.includes('#')) return undefined;
  return url.origin + withoutEndSlashes(url.pathname);
}

/** By hand: a pattern would look along every row of slashes in a caller's text from each of its places. */
export function withoutEndSlashes(path: string): string {
  let end = path.length;
  while (path[end - 1] === '/') end -= 1;
  return path.slice(0, end);
}
