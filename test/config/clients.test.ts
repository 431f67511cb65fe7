import { describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { describeConfig } from '../../src/config/describe-config.js';
import { SIGNING_ALGORITHMS } from '../../src/schemas/jwk.js';
import { issuesOf, load, makeKey, type Files } from './environment.js';

const key = makeKey('key-1');
const SET = { keys: [key.publicJwk] };
const ISSUER = 'https://ehr.example';

type Entry = Readonly<Record<string, unknown>>;

function clientsFile(...clients: readonly Entry[]): Files {
  return { 'clients.yaml': stringify({ clients }) };
}

const production = { MODE: 'production', CLIENTS_FILE: '/etc/imsr/clients.yaml', PUBLIC_URLS: 'https://cds.example' };
const development = { CLIENTS_FILE: '/etc/imsr/clients.yaml' };
const plain: Entry = { id: 'hospital-a', issuers: [ISSUER], jwks: SET };

describe('registered clients', () => {
  test('a client with nothing but an issuer and keys gets the defaults of the site', () => {
    const secret = { REPORT_LINK_SECRET: 'x'.repeat(40) };
    const settings = { ...production, ...secret, RETENTION_DAYS: '90', RATE_LIMIT_PER_MINUTE: '10' };
    const config = load(settings, clientsFile(plain));
    expect(config.auth.mode).toBe('clients');
    expect(config.warnings).toEqual([]);
    expect(config.auth.clients).toEqual([
      {
        id: 'hospital-a',
        issuers: [ISSUER],
        audiences: [],
        localKeys: new Map([[ISSUER, [expect.objectContaining({ kid: 'key-1', algorithms: ['ES384'] })]]]),
        jku: [],
        algorithms: SIGNING_ALGORITHMS,
        fhirServers: [],
        privateAddressesAllowed: false,
        retentionDays: 90,
        origins: [],
        rateLimitPerMinute: 10,
      },
    ]);
  });

  test('a client with everything of its own', () => {
    const full: Entry = {
      ...plain,
      issuers: [ISSUER, 'https://sandbox.example'],
      tenants: ['north'],
      audiences: ['https://gateway.example/imsr/'],
      jwksByIssuer: { 'https://sandbox.example': './keys/sandbox.json' },
      jku: ['https://ehr.example/jwks.json'],
      algorithms: ['ES384', 'RS384'],
      language: 'en',
      fhirServers: ['https://fhir.example/r4/'],
      privateAddressesAllowed: true,
      retentionDays: 7,
      origins: ['https://ehr.example'],
      rateLimitPerMinute: 0,
    };
    const other = makeKey('key-2');
    const contents = {
      ...clientsFile(full),
      '/etc/imsr/keys/sandbox.json': JSON.stringify({ keys: [other.publicJwk] }),
    };
    const config = load({ ...production, CORS_ORIGINS: 'https://web.example' }, contents);
    const client = config.auth.clients[0];
    expect(client).toMatchObject({
      tenants: ['north'],
      audiences: ['https://gateway.example/imsr'],
      jku: ['https://ehr.example/jwks.json'],
      algorithms: ['ES384', 'RS384'],
      language: 'en',
      fhirServers: ['https://fhir.example/r4'],
      privateAddressesAllowed: true,
      retentionDays: 7,
      rateLimitPerMinute: 0,
    });
    expect([...(client?.localKeys ?? [])].map(([issuer, keys]) => [issuer, keys.map((one) => one.kid)])).toEqual([
      [ISSUER, ['key-1']],
      ['https://sandbox.example', ['key-2']],
    ]);
    expect(config.http.corsOrigins).toEqual(['https://web.example', 'https://ehr.example']);
    const described = describeConfig(config).clients[0];
    expect(described?.localKeys).toEqual({ [ISSUER]: ['key-1'], 'https://sandbox.example': ['key-2'] });
    expect(JSON.stringify(described)).not.toContain(key.publicJwk.x);
  });

  test('JSON is read as well, and two clients may share an issuer when tenants tell them apart', () => {
    const north = { ...plain, tenants: ['n'] };
    const south = { ...plain, id: 'b', tenants: ['s'] };
    const config = load(production, { 'clients.yaml': JSON.stringify({ clients: [north, south] }) });
    expect(config.auth.clients.map((client) => client.id)).toEqual(['hospital-a', 'b']);
  });

  test('http is for development: a FHIR server, and a jku on loopback that is asked for', () => {
    const local: Entry = {
      ...plain,
      fhirServers: ['http://127.0.0.1:8090/fhir'],
      jku: ['http://127.0.0.1:9000/jwks.json'],
      loopbackJkuAllowed: true,
    };
    const config = load(development, clientsFile(local));
    expect(config.auth.clients[0]).toMatchObject({ jku: local['jku'], fhirServers: local['fhirServers'] });
    expect(config.warnings).toEqual([
      expect.stringMatching(/^DEVELOPMENT MODE: the sandbox is there/),
      expect.stringMatching(/^PUBLIC_URLS is not set: only tokens for http:\/\/127/),
    ]);
    expect(issuesOf(production, clientsFile(local)).map((issue) => issue.path)).toEqual([
      'CLIENTS_FILE clients[0].loopbackJkuAllowed',
      'CLIENTS_FILE clients[0].fhirServers[0]',
    ]);
  });

  test.each([
    [{}, 'the sandbox is there and pages of any origin may call'],
    [{ SANDBOX: 'false' }, 'pages of any origin may call'],
    [{ CORS_ORIGINS: 'https://ehr.example' }, 'the sandbox is there'],
    [{ SANDBOX: 'false', CORS_ORIGINS: 'https://ehr.example' }, 'what production refuses is allowed'],
  ])('what stands open in development is told as it is: %j', (settings, open) => {
    const [warning] = load({ ...development, ...settings }, clientsFile(plain)).warnings;
    expect(warning).toBe(`DEVELOPMENT MODE: ${open}. Set MODE=production before real patients.`);
  });

  test('in production the public URLs are https, except on this machine', () => {
    const at = (url: string): Readonly<Record<string, string>> => ({ ...production, PUBLIC_URLS: url });
    expect(issuesOf(at('http://cds.example'), clientsFile(plain)).map((issue) => issue.path)).toEqual(['PUBLIC_URLS']);
    expect(load(at('http://localhost:8080'), clientsFile(plain)).warnings).toEqual([
      expect.stringContaining('REPORT_LINK_SECRET is not set'),
      expect.stringContaining('plain HTTP'),
    ]);
  });

  test('development mode and clients exclude each other', () => {
    const issues = issuesOf({ ...development, AUTH_MODE: 'development' }, clientsFile(plain));
    expect(issues.map((issue) => issue.path)).toEqual(['AUTH_MODE']);
    expect(load({ ...development, DEV_FHIR_SERVERS: 'http://x/fhir' }, clientsFile(plain)).warnings).toContain(
      'DEV_FHIR_SERVERS is ignored: it only counts in development mode.',
    );
  });
});

describe('a client that is refused', () => {
  const cases: readonly (readonly [string, Entry, string, string])[] = [
    ['an unknown key', { ...plain, isuers: [] }, 'clients[0].isuers', 'an unknown key'],
    ['no issuer', { ...plain, issuers: [] }, 'clients[0].issuers', 'at least 1'],
    ['no id', { issuers: [ISSUER], jwks: SET }, 'clients[0].id', 'found nothing'],
    ['an id that cannot stand in a log', { ...plain, id: 'Hospital A' }, 'clients[0].id', 'expected the form'],
    ['the id of development mode', { ...plain, id: 'development' }, 'clients[0].id', 'taken'],
    ['one issuer twice', { ...plain, issuers: [ISSUER, ISSUER] }, 'clients[0].issuers[1]', 'stands elsewhere too'],
    ['no keys', { id: 'a', issuers: [ISSUER] }, 'clients[0].issuers[0]', 'without keys'],
    [
      'keys for another issuer',
      { ...plain, jwksByIssuer: { 'https://x.example': SET } },
      'clients[0].jwksByIssuer.https://x.example',
      'stands under issuers',
    ],
    ['none', { ...plain, algorithms: ['none'] }, 'clients[0].algorithms[0]', 'ES384 | RS384'],
    ['HS256', { ...plain, algorithms: ['ES384', 'HS256'] }, 'clients[0].algorithms[1]', 'ES384 | RS384'],
    ['a jku over http', { ...plain, jku: ['http://ehr.example/jwks'] }, 'clients[0].jku[0]', 'https'],
    [
      'a jku on loopback, not asked for',
      { ...plain, jku: ['http://127.0.0.1/jwks'] },
      'clients[0].jku[0]',
      'loopbackJkuAllowed',
    ],
    [
      'a jku over http that only looks like loopback',
      { ...plain, loopbackJkuAllowed: true, jku: ['http://127.0.0.1.example/jwks'] },
      'clients[0].jku[0]',
      'https',
    ],
    [
      'a jku with a password',
      { ...plain, jku: ['https://u:hidden@ehr.example/'] },
      'clients[0].jku[0]',
      'without credentials',
    ],
    [
      'a FHIR server with a password',
      { ...plain, fhirServers: ['https://u:hidden@fhir.example'] },
      'clients[0].fhirServers[0]',
      'without credentials',
    ],
    [
      'a URL with a password where a list belongs',
      { ...plain, fhirServers: 'https://u:hidden@fhir.example' },
      'clients[0].fhirServers',
      'a list',
    ],
    ['an origin with a path', { ...plain, origins: ['https://ehr.example/x'] }, 'clients[0].origins[0]', 'an origin'],
    ['an origin with a pattern', { ...plain, origins: ['https://*.example'] }, 'clients[0].origins[0]', 'an origin'],
    ['a private key', { ...plain, jwks: { keys: [key.privateJwk] } }, 'clients[0].jwks', 'private or symmetric'],
    [
      'a shared secret',
      { ...plain, jwks: { keys: [{ kty: 'oct', kid: 'a', k: 'hidden' }] } },
      'clients[0].jwks',
      'private or symmetric',
    ],
    [
      'only a key for encryption',
      { ...plain, jwks: { keys: [{ ...key.publicJwk, use: 'enc' }] } },
      'clients[0].jwks',
      'at least one',
    ],
    ['a key file that is not there', { ...plain, jwks: 'nowhere.json' }, 'clients[0].jwks', 'can be read'],
    ['a key file that is no JWK Set', { ...plain, jwks: 'list.json' }, 'clients[0].jwks', 'a JWK Set'],
    ['a language that is not spoken', { ...plain, language: 'de' }, 'clients[0].language', 'nl | en'],
    ['no retention', { ...plain, retentionDays: 0 }, 'clients[0].retentionDays', 'at least 1'],
  ];
  test.each(cases)('%s', (_name, entry, path, words) => {
    const issues = issuesOf(development, { ...clientsFile(entry), 'list.json': '[]' });
    expect(issues.map((issue) => issue.path)).toEqual([`CLIENTS_FILE ${path}`]);
    expect(issues[0]?.expected).toContain(words);
    expect(issues[0]?.expected).toMatch(/^\/etc\/imsr\/clients.yaml:\d+:\d+ /);
    expect(JSON.stringify(issues)).not.toContain('hidden');
    expect(JSON.stringify(issues)).not.toContain(key.privateJwk.d);
  });

  test('two with one id, or with one issuer and nothing to tell them apart', () => {
    const paths = (second: Entry): readonly string[] =>
      issuesOf(development, clientsFile(plain, second)).map((issue) => issue.path);
    expect(paths({ ...plain, issuers: ['https://b.example'] })).toEqual(['CLIENTS_FILE clients[1].id']);
    expect(paths({ ...plain, id: 'b' })).toEqual(['CLIENTS_FILE clients[1].issuers[0]']);
    expect(paths({ ...plain, id: 'b', tenants: ['n'] })).toEqual(['CLIENTS_FILE clients[1].issuers[0]']);
  });

  test('a file that is missing, no YAML, empty, or has a key twice', () => {
    const [{ CLIENTS_FILE: found }] = [development];
    expect(issuesOf(development)).toEqual([{ path: 'CLIENTS_FILE', expected: 'a file that can be read', found }]);
    for (const text of ['{', '', 'clients: []', 'clients: x', 'clients:\n  - id: a\n    id: b\n'])
      expect(issuesOf(development, { 'clients.yaml': text }).length).toBeGreaterThan(0);
  });

  test('all that is wrong with several is said at once, beside the other settings', () => {
    const contents = clientsFile(
      { ...plain, jku: ['ftp://x'], origins: ['x'] },
      { ...plain, id: 'b', issuers: ['u'], jwks: 'no' },
    );
    expect(issuesOf({ ...development, PORT: 'x' }, contents).map((issue) => issue.path)).toEqual([
      'PORT',
      'CLIENTS_FILE clients[0].jku[0]',
      'CLIENTS_FILE clients[0].origins[0]',
      'CLIENTS_FILE clients[1].jwks',
    ]);
  });

  test('one that has not the form of a client hides nothing about the others, in their own places', () => {
    const contents = clientsFile(
      { ...plain, colour: 'red' },
      { ...plain, id: 'b', jku: ['ftp://x'] },
      { ...plain, id: 'b', issuers: ['https://c.example'] },
      { ...plain, id: 'd', issuers: ['https://c.example'] },
    );
    expect(issuesOf(development, contents).map((issue) => issue.path)).toEqual([
      'CLIENTS_FILE clients[0].colour',
      'CLIENTS_FILE clients[2].id',
      'CLIENTS_FILE clients[3].issuers[0]',
      'CLIENTS_FILE clients[1].jku[0]',
    ]);
  });
});
