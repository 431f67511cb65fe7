import { parseUrl, withoutEndSlashes } from '../schemas/url.js';
import { mayClimb } from './dot-segments.js';

/**
 * The URL of a path or a link as seen from a base, when it stays on that base.
 *
 * A relative link is relative to the base, as FHIR has it. Dot segments, also percent-encoded ones, are resolved
 * before the comparison, so that a link cannot climb out of the base; where some other server might see one behind more
 * encoding, the link is refused.
 *
 * @param base as `readBaseUrl` gives it
 * @source https://hl7.org/fhir/R4/http.html#paging
 */
export function urlOnBase(base: string, link: string): URL | undefined {
  const url = parseUrl(link, `${base}/`);
  const home = new URL(base);
  if (url === undefined || url.origin !== home.origin || url.username !== '' || url.password !== '') return undefined;
  const root = withoutEndSlashes(home.pathname);
  if (url.pathname !== root && !url.pathname.startsWith(`${root}/`)) return undefined;
  if (mayClimb(url.pathname.slice(root.length))) return undefined;
  url.hash = '';
  return url;
}
