const MASK = '***';

/**
 * A text, or comma-separated list, that may hold URLs, without what is secret in them: the password, a user name
 * that stands alone (it may be a token) and the whole query and fragment of a URL that has them.
 */
export function maskCredentials(text: string): string {
  return text
    .split(',')
    .map((part) => (part.includes('://') ? maskUrl(part) : part))
    .join(',');
}

function maskUrl(text: string): string {
  if (!URL.canParse(text)) return text.replace(/:\/\/.*$/s, `://${MASK}`);
  const url = new URL(text);
  if (url.username === '' && url.password === '' && url.search === '' && url.hash === '') return text;
  if (url.password !== '') url.password = MASK;
  else if (url.username !== '') url.username = MASK;
  if (url.search !== '') url.search = MASK;
  if (url.hash !== '') url.hash = MASK;
  return url.href;
}
