import { parseUrl } from '../schemas/url.js';

const MASK = '***';

/**
 * A URL without what is secret in it: the password, a user name that stands alone (it may be a token), and the query and
 * fragment. A URL that cannot be taken apart with certainty is hidden whole.
 */
export function maskCredentials(text: string): string {
  const url = parseUrl(text);
  // An `@` in the path is more likely a password with an unescaped slash than a path.
  if (url === undefined || url.pathname.includes('@')) return MASK;
  if (url.password !== '') url.password = MASK;
  else if (url.username !== '') url.username = MASK;
  if (url.search !== '') url.search = MASK;
  if (url.hash !== '') url.hash = MASK;
  return url.href;
}
