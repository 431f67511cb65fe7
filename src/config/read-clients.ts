import { dirname, resolve } from 'node:path';
import type { RequestIssue } from '../errors.js';
import type { PublicJwk } from '../schemas/jwk.js';
import { SIGNING_ALGORITHMS } from '../schemas/jwk.js';
import type { ClientRegistration } from '../schemas/trust.js';
import { parseUrl, readBaseUrl } from '../schemas/url.js';
import { readYaml, type YamlDocument } from '../yaml/read-yaml.js';
import { findingAt, type Finding, formatFinding, validate } from '../yaml/findings.js';
import type { PathStep } from '../yaml/document.js';
import { type ClientEntry, clientEntry, clientsFile, type LocalKeys } from './clients-file.js';
import { isLoopbackUrl, readOrigin } from './forms.js';
import { readLocalKeys } from './local-keys.js';
import type { ReadFile } from './read-settings.js';
import { type PlacedEntry, sharedIssuers } from './shared-issuers.js';

/** The client id that development mode gives to everybody. */
export const ANONYMOUS_ID = 'development';

/** What a client gets that says nothing of its own. */
export interface ClientDefaults {
  readonly production: boolean;
  readonly retentionDays: number;
  readonly rateLimitPerMinute: number;
}

export interface ReadClients {
  readonly clients: readonly ClientRegistration[];
  readonly issues: readonly RequestIssue[];
}

/** Notes what is wrong with the key at a path; never shows a value, since a URL may hold a password. */
type Complain = (path: readonly PathStep[], found: string, expected: string) => void;

/**
 * Reads the registered clients, with the JWK Sets that they name as files.
 *
 * @returns all that is wrong with the file at once, with line and column
 */
export function readClients(file: string, readFile: ReadFile, defaults: ClientDefaults): ReadClients {
  let content: string;
  try {
    content = readFile(file);
  } catch {
    return { clients: [], issues: [{ path: 'CLIENTS_FILE', expected: 'a file that can be read', found: file }] };
  }
  const document: YamlDocument = readYaml(file, content);
  const findings: Finding[] = [...validate(clientsFile, document).findings];
  const complain: Complain = (path, found, expected) => findings.push(findingAt(document, path, found, expected));
  const entries = readableEntries(document.value);
  entries.forEach(({ entry: { id }, place }, index) => {
    if (id === ANONYMOUS_ID || entries.findIndex(({ entry }) => entry.id === id) < index)
      complain(['clients', place, 'id'], 'an id that is taken', 'an id of its own for every client');
  });
  for (const { path, found, expected } of sharedIssuers(entries)) complain(path, found, expected);
  const clients = entries.map(({ entry, place }) =>
    registrationOf(
      entry,
      defaults,
      (path, found, expected) => complain(['clients', place, ...path], found, expected),
      (path) => readFile(resolve(dirname(file), path)),
    ),
  );
  return { clients, issues: findings.map(issueOf) };
}

/** The clients that have the form of one, whatever is wrong with the others: so all is found at once. */
function readableEntries(file: unknown): readonly PlacedEntry[] {
  const { clients } = (file ?? {}) as { readonly clients?: unknown };
  return (Array.isArray(clients) ? (clients as readonly unknown[]) : []).flatMap((given, place) => {
    const { data } = clientEntry.safeParse(given);
    return data === undefined ? [] : [{ entry: data, place }];
  });
}

/** A finding may quote what stands in the file, so the credentials of a URL are taken out. */
function issueOf(finding: Finding): RequestIssue {
  const sentence = formatFinding(finding).replaceAll(/:\/\/[^\s/"]*@/g, '://***@');
  return { path: `CLIENTS_FILE ${finding.key}`, expected: sentence };
}

function registrationOf(
  entry: ClientEntry,
  defaults: ClientDefaults,
  complain: Complain,
  readFile: ReadFile,
): ClientRegistration {
  const jku = entry.jku ?? [];
  return {
    id: entry.id,
    issuers: entry.issuers,
    tenants: entry.tenants,
    audiences: addresses(entry.audiences ?? [], 'audiences', false, complain),
    localKeys: keysByIssuer(entry, complain, readFile),
    jku: checkedJku(jku, entry.loopbackJkuAllowed === true, defaults.production, complain),
    algorithms: entry.algorithms ?? SIGNING_ALGORITHMS,
    language: entry.language,
    fhirServers: addresses(entry.fhirServers ?? [], 'fhirServers', defaults.production, complain),
    privateAddressesAllowed: entry.privateAddressesAllowed ?? false,
    retentionDays: entry.retentionDays ?? defaults.retentionDays,
    origins: (entry.origins ?? []).flatMap((origin, index) => {
      const read = readOrigin(origin);
      if (read === undefined)
        complain(['origins', index], 'another form', 'an origin: https://host or https://host:port');
      return read ?? [];
    }),
    rateLimitPerMinute: entry.rateLimitPerMinute ?? defaults.rateLimitPerMinute,
  };
}

function addresses(urls: readonly string[], key: string, httpsOnly: boolean, complain: Complain): readonly string[] {
  return urls.flatMap((url, index) => {
    const read = readBaseUrl(url);
    if (read === undefined)
      complain([key, index], 'another form', 'an http(s) URL without credentials, query or fragment');
    else if (httpsOnly && !read.startsWith('https:')) complain([key, index], 'http', 'https, in production');
    return read ?? [];
  });
}

/** A `jku` is compared as it stands, so it is kept as it stands. */
function checkedJku(
  urls: readonly string[],
  loopbackAllowed: boolean,
  production: boolean,
  complain: Complain,
): readonly string[] {
  if (loopbackAllowed && production) complain(['loopbackJkuAllowed'], 'true', 'false, in production');
  urls.forEach((url, index) => {
    const parsed = parseUrl(url);
    const fit =
      parsed !== undefined &&
      parsed.username === '' &&
      parsed.password === '' &&
      (parsed.protocol === 'https:' || (parsed.protocol === 'http:' && loopbackAllowed && isLoopbackUrl(url)));
    if (!fit)
      complain(
        ['jku', index],
        'another form',
        'an https URL without credentials (http only on loopback, with loopbackJkuAllowed, in development)',
      );
  });
  return urls;
}

function keysByIssuer(
  entry: ClientEntry,
  complain: Complain,
  readFile: ReadFile,
): ReadonlyMap<string, readonly PublicJwk[]> {
  const byIssuer = new Map<string, readonly PublicJwk[]>();
  const read = (given: LocalKeys, path: readonly PathStep[]): readonly PublicJwk[] =>
    readLocalKeys(given, readFile, (found, expected) => complain(path, found, expected));
  if (entry.jwks !== undefined) {
    const keys = read(entry.jwks, ['jwks']);
    for (const issuer of entry.issuers) byIssuer.set(issuer, keys);
  }
  for (const [issuer, given] of Object.entries(entry.jwksByIssuer ?? {})) {
    if (entry.issuers.includes(issuer)) byIssuer.set(issuer, read(given, ['jwksByIssuer', issuer]));
    else complain(['jwksByIssuer', issuer], 'another issuer', 'an issuer that stands under issuers');
  }
  entry.issuers.forEach((issuer, index) => {
    if (!byIssuer.has(issuer) && (entry.jku ?? []).length === 0)
      complain(['issuers', index], 'an issuer without keys', 'jwks, jwksByIssuer or jku to check its tokens with');
  });
  return byIssuer;
}
