import { mayClimb } from './dot-segments.js';

/**
 * One spelling for the base URL of a FHIR server: parsed, lower-case host, no default port, no trailing slash.
 *
 * @returns nothing when it is not an http(s) URL, or carries a user, a query or a fragment
 */
export function normaliseBase(url: string): string | undefined {
  if (!URL.canParse(url)) return undefined;
  const parsed = new URL(url);
  if (parsed.protocol !== 'https:' && parsed.protocol !== 'http:') return undefined;
  if (parsed.username !== '' || parsed.password !== '' || url.includes('?') || url.includes('#')) return undefined;
  return parsed.origin + withoutEndSlashes(parsed.pathname);
}

/**
 * The URL of a path or a link as seen from a base, when it stays on that base.
 *
 * A relative link is relative to the base, as FHIR has it. Dot segments, also percent-encoded ones, are resolved
 * before the comparison, so that a link cannot climb out of the base; where some other server might see one behind more
 * encoding, the link is refused.
 *
 * @param base as {@link normaliseBase} gives it
 * @source https://hl7.org/fhir/R4/http.html#paging
 */
export function urlOnBase(base: string, link: string): URL | undefined {
  if (!URL.canParse(link, `${base}/`)) return undefined;
  const url = new URL(link, `${base}/`);
  const home = new URL(base);
  if (url.origin !== home.origin || url.username !== '' || url.password !== '') return undefined;
  const root = withoutEndSlashes(home.pathname);
  if (url.pathname !== root && !url.pathname.startsWith(`${root}/`)) return undefined;
  if (mayClimb(url.pathname.slice(root.length))) return undefined;
  url.hash = '';
  return url;
}

/** By hand: a pattern would look along every row of slashes in a caller's text from each of its places. */
function withoutEndSlashes(path: string): string {
  let end = path.length;
  while (path[end - 1] === '/') end -= 1;
  return path.slice(0, end);
}
