import { isIP } from 'node:net';
import { z } from 'zod';
import { parseUrl, readBaseUrl } from '../schemas/url.js';

/** How the text of a setting is read, and the words for what it should have been. */
export interface Form<T> {
  readonly expected: string;
  readonly schema: z.ZodType<T, string>;
}

/** Reads with a function that gives nothing for text of another form. */
function form<T>(expected: string, read: (text: string) => T | undefined): Form<T> {
  return {
    expected,
    schema: z.string().transform((text, context): T => {
      const value = read(text);
      if (value !== undefined) return value;
      context.addIssue({ code: 'custom', message: expected });
      return z.NEVER;
    }),
  };
}

export function wholeNumber(min: number, max: number): Form<number> {
  return form(`a whole number from ${min} to ${max}`, (text) => {
    const value = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
    return value >= min && value <= max ? value : undefined;
  });
}

export const flag: Form<boolean> = form('true or false', (text) =>
  text === 'true' ? true : text === 'false' ? false : undefined,
);

export function oneOf<const T extends string>(...values: readonly T[]): Form<T> {
  return form(values.join(' or '), (text) => values.find((value) => value === text));
}

export const someText: Form<string> = form('text', (text) => (text === '' ? undefined : text));

export function longText(minLength: number): Form<string> {
  return form(`at least ${minLength} characters`, (text) => (text.length >= minLength ? text : undefined));
}

function listOf<T>(each: (text: string) => T | undefined): (text: string) => readonly T[] | undefined {
  return (text) => {
    const values: T[] = [];
    for (const part of text.split(',')) {
      const value = each(part.trim());
      if (value === undefined) return undefined;
      values.push(value);
    }
    return values;
  };
}

/** Whether a URL that was read stays on this machine. */
export function isLoopbackUrl(url: string): boolean {
  const host = new URL(url).hostname.replace(/^\[|\]$/g, '');
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}

export const baseUrl: Form<string> = form('an http(s) URL without credentials, query or fragment', readBaseUrl);
export const baseUrls: Form<readonly string[]> = form(
  'http(s) URLs without credentials, query or fragment, separated by commas',
  listOf(readBaseUrl),
);

/** `scheme://host[:port]` as a browser sends it in `Origin`; one host, for no origin would ever equal a pattern. */
export function readOrigin(text: string): string | undefined {
  const base = readBaseUrl(text);
  return base !== undefined && new URL(base).origin === base && !base.includes('*') ? base : undefined;
}

export const origins: Form<readonly string[]> = form('* or origins (https://host) separated by commas', (text) =>
  text === '*' ? ['*'] : listOf(readOrigin)(text),
);

export const postgresUrl: Form<string> = form('a postgres:// or postgresql:// URL', (text) =>
  /^postgres(ql)?:$/.test(parseUrl(text)?.protocol ?? '') ? text : undefined,
);

/**
 * Which proxies in front are believed about the caller's address: all, none, or those at these addresses. A number of them would
 * believe a caller who comes past them, and tells of enough proxies itself.
 */
export type TrustProxy = boolean | readonly string[];

const NAMED_RANGES: readonly string[] = ['loopback', 'linklocal', 'uniquelocal'];

export const trustedProxies: Form<TrustProxy> = form(
  'true, false, or addresses, CIDR ranges, loopback, linklocal, uniquelocal separated by commas',
  (text): TrustProxy | undefined => {
    if (text === 'true' || text === 'false') return text === 'true';
    return listOf(readAddressRange)(text);
  },
);

function readAddressRange(text: string): string | undefined {
  if (NAMED_RANGES.includes(text)) return text;
  const [address = '', bits, ...rest] = text.split('/');
  const version = isIP(address);
  if (version === 0 || rest.length > 0) return undefined;
  if (bits === undefined) return text;
  return /^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128) ? text : undefined;
}
