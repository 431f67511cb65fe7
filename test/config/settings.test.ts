import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { describeConfig } from '../../src/config/describe-config.js';
import { settings } from '../../src/config/settings.js';
import { CdsError } from '../../src/errors.js';
import { files, issuesOf, load, refused } from './environment.js';
import { loadConfig } from '../../src/config/load-config.js';

const SECRET = 'https://a-secret-of-more-than-32-characters-0123456789';

describe('without any setting', () => {
  test('the service starts on this machine, in development mode, and says so', () => {
    const config = load();
    expect(config.mode).toBe('development');
    expect(config.http).toMatchObject({ host: '127.0.0.1', port: 8080, sandbox: true, metrics: true, workers: 1 });
    expect(config.http.bodyLimitBytes).toBeGreaterThanOrEqual(10 * 1024 * 1024);
    expect(config.auth.mode).toBe('development');
    expect(config.auth.publicUrls).toEqual(['http://127.0.0.1:8080', 'http://localhost:8080']);
    expect(config.auth.anonymous).toEqual({
      id: 'development',
      anonymous: true,
      fhirServers: [],
      privateAddressesAllowed: true,
    });
    expect(config.store).toEqual({ dataDir: './data', retentionDays: 365 });
    expect(config.report).toEqual({ linkTtlSeconds: 3600 });
    expect(config.defaultLanguage).toBe('nl');
    expect(config.warnings).toEqual([expect.stringMatching(/^DEVELOPMENT MODE: every caller is trusted/)]);
  });

  test('in production it does not start, and says what to set', () => {
    for (const env of [{ NODE_ENV: 'production' }, { MODE: 'production' }])
      expect(issuesOf(env)).toEqual([
        { path: 'CLIENTS_FILE', expected: expect.stringContaining('a file with the registered clients') as string },
      ]);
  });

  test.each(['Production', 'PRODUCTION', 'prod', 'staging', '0'])('NODE_ENV=%j opens no door', (NODE_ENV) => {
    expect(refused({ NODE_ENV })).toEqual(['NODE_ENV']);
    expect(load({ NODE_ENV, MODE: 'development' }).mode).toBe('development');
    expect(refused({ NODE_ENV, MODE: 'production' })).toEqual(['CLIENTS_FILE']);
  });

  test.each(['development', ' test ', '', ' '])('NODE_ENV=%j is development mode', (NODE_ENV) => {
    expect(load({ NODE_ENV }).mode).toBe('development');
  });

  test('NODE_ENV with a space around it is read as other settings are', () => {
    expect(refused({ NODE_ENV: ' production\n' })).toEqual(['CLIENTS_FILE']);
  });

  test('MODE goes before NODE_ENV', () => {
    expect(load({ NODE_ENV: 'production', MODE: 'development' }).auth.mode).toBe('development');
  });
});

describe('one setting at a time', () => {
  const good: readonly (readonly [string, string, (config: ReturnType<typeof load>) => unknown, unknown])[] = [
    ['PORT', '0', (config) => config.http.port, 0],
    ['PORT', ' 65535 ', (config) => config.http.port, 65_535],
    ['PORT', '', (config) => config.http.port, 8080],
    ['HOST', '0.0.0.0', (config) => config.auth.publicUrls, ['http://127.0.0.1:8080', 'http://localhost:8080']],
    ['HOST', '::1', (config) => config.auth.publicUrls, ['http://[::1]:8080']],
    ['HOST', 'cds.internal', (config) => config.auth.publicUrls, ['http://cds.internal:8080']],
    [
      'PUBLIC_URLS',
      'https://CDS.example/, https://b.example/imsr/',
      (config) => config.auth.publicUrls,
      ['https://cds.example', 'https://b.example/imsr'],
    ],
    ['TRUST_PROXY', 'true', (config) => config.http.trustProxy, true],
    ['TRUST_PROXY', 'loopback, 10.0.0.0/8,::1', (config) => config.http.trustProxy, ['loopback', '10.0.0.0/8', '::1']],
    [
      'CORS_ORIGINS',
      'https://a.example,http://localhost:3000',
      (config) => config.http.corsOrigins,
      ['https://a.example', 'http://localhost:3000'],
    ],
    ['CORS_ORIGINS', '*', (config) => config.http.corsOrigins, ['*']],
    [
      'DATABASE_URL',
      'postgres://u:p@db/imsr',
      (config) => config.store,
      { databaseUrl: 'postgres://u:p@db/imsr', retentionDays: 365 },
    ],
    ['DATA_DIR', '/var/lib/imsr', (config) => config.store, { dataDir: '/var/lib/imsr', retentionDays: 365 }],
    ['RETENTION_DAYS', '30', (config) => config.store.retentionDays, 30],
    ['REPORT_LINK_SECRET', SECRET, (config) => config.report.linkSecret, SECRET],
    [
      'DEV_FHIR_SERVERS',
      'http://127.0.0.1:8090/fhir/',
      (config) => config.auth.anonymous.fhirServers,
      ['http://127.0.0.1:8090/fhir'],
    ],
    ['DEFAULT_LANGUAGE', 'en', (config) => config.defaultLanguage, 'en'],
    ['SANDBOX', 'false', (config) => config.http.sandbox, false],
    ['METRICS', 'false', (config) => config.http.metrics, false],
    ['SITE_VALUE_SETS', 'site.yaml', (config) => config.siteValueSetsFile, 'site.yaml'],
    ['OTEL_EXPORTER_OTLP_ENDPOINT', 'http://otel:4318', (config) => config.otlpEndpoint, 'http://otel:4318'],
    ['FETCH_MAX_CONNECTIONS', '8', (config) => config.fetch.maxConnections, 8],
    ['FETCH_MAX_PAGES', '3', (config) => config.fetch.maxPages, 3],
    ['CLOCK_SKEW_SECONDS', '0', (config) => config.auth.clockSkewSeconds, 0],
    ['TOKEN_MAX_LIFETIME_SECONDS', '300', (config) => config.auth.tokenMaxLifetimeSeconds, 300],
    ['LOG_LEVEL', 'debug', (config) => config.logLevel, 'debug'],
    ['WORKERS', '2', (config) => config.http.workers, 2],
  ];
  test.each(good)('%s=%j is read', (name, text, pick, value) => {
    expect(pick(load({ [name]: text }))).toEqual(value);
  });

  const bad: readonly (readonly [string, string])[] = [
    ['PORT', '65536'],
    ['PORT', '-1'],
    ['PORT', '80.5'],
    ['PORT', '0x50'],
    ['PORT', '8080 8081'],
    ['PUBLIC_URLS', 'cds.example'],
    ['PUBLIC_URLS', 'ftp://cds.example'],
    ['PUBLIC_URLS', 'https://u:p@cds.example'],
    ['PUBLIC_URLS', 'https://cds.example?x'],
    ['PUBLIC_URLS', 'https://cds.example,'],
    ['TRUST_PROXY', '10.0.0.0/33'],
    ['TRUST_PROXY', 'yes'],
    ['TRUST_PROXY', '2'],
    ['TLS_MIN_VERSION', '1.1'],
    ['TLS_MIN_VERSION', '1.0'],
    ['CORS_ORIGINS', 'https://a.example/path'],
    ['CORS_ORIGINS', 'https://a.example,*'],
    ['CORS_ORIGINS', 'null'],
    ['CORS_ORIGINS', 'https://*.example'],
    ['CLOCK_SKEW_SECONDS', '301'],
    ['TOKEN_MAX_LIFETIME_SECONDS', '9'],
    ['WORKERS', '0'],
    ['MODE', 'prod'],
    ['AUTH_MODE', 'none'],
    ['SANDBOX', 'yes'],
    ['METRICS', '1'],
    ['DEFAULT_LANGUAGE', 'de'],
    ['LOG_LEVEL', 'verbose'],
    ['DATABASE_URL', 'mysql://db/imsr'],
    ['REPORT_LINK_SECRET', SECRET.slice(0, 31)],
    ['RETENTION_DAYS', '0'],
    ['BODY_LIMIT_BYTES', '16MB'],
  ];
  const SECRETS = ['DATABASE_URL', 'REPORT_LINK_SECRET'];
  test.each(bad)('%s=%j is refused, with what was expected', (name, text) => {
    const issues = issuesOf({ [name]: text });
    expect(issues.map((issue) => issue.path)).toEqual([name]);
    const form = settings[name as keyof typeof settings].form;
    expect(issues[0]?.expected).toBe(form.expected);
    // A URL may hold a password, and stays unsaid.
    const told = !SECRETS.includes(name) && !/[:/@]/.test(text);
    expect(issues[0]?.found).toBe(told ? JSON.stringify(text) : undefined);
  });

  test('any text for any setting is read or refused by its name, never anything else', () => {
    const names = Object.keys(settings).filter((name) => !name.endsWith('_FILE'));
    fc.assert(
      fc.property(fc.constantFrom(...names), fc.string(), (name, text) => {
        try {
          loadConfig({ [name]: text }, files({}));
        } catch (error) {
          expect(error).toBeInstanceOf(CdsError);
          for (const issue of (error as CdsError).issues)
            expect([name, 'CLIENTS_FILE', 'FETCH_TIMEOUT_MS']).toContain(issue.path);
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('settings together', () => {
  test('all that is wrong is said at once', () => {
    expect(
      refused({ PORT: 'x', WORKERS: '0', MODE: 'production', SANDBOX: 'true', CORS_ORIGINS: '*', TLS_CERT_FILE: 'c' }),
    ).toEqual(['PORT', 'WORKERS', 'TLS_CERT_FILE', 'TLS_KEY_FILE', 'CLIENTS_FILE', 'CORS_ORIGINS', 'SANDBOX']);
  });

  test('anonymous callers are never allowed in production', () => {
    expect(refused({ MODE: 'production', AUTH_MODE: 'development' })).toEqual(['AUTH_MODE']);
  });

  test('AUTH_MODE=clients needs clients', () => {
    expect(refused({ AUTH_MODE: 'clients' })).toEqual(['CLIENTS_FILE']);
  });

  test('a FHIR server may not be silent for longer than all fetching may take', () => {
    expect(refused({ FETCH_TIMEOUT_MS: '501', FETCH_DEADLINE_MS: '500' })).toEqual(['FETCH_TIMEOUT_MS']);
    expect(load({ FETCH_TIMEOUT_MS: '500', FETCH_DEADLINE_MS: '500' }).fetch).toMatchObject({
      timeoutMs: 500,
      deadlineMs: 500,
    });
  });
});

describe('secrets', () => {
  const url = 'postgres://imsr:hidden-1@db.internal:5432/imsr?sslpassword=hidden-2';
  const byEnvironment = { DATABASE_URL: url, REPORT_LINK_SECRET: SECRET };
  const byFile = { DATABASE_URL_FILE: '/run/secrets/db', REPORT_LINK_SECRET_FILE: '/run/secrets/link' };
  const contents = { '/run/secrets/db': `${url}\n`, '/run/secrets/link': `${SECRET}\n` };

  test('come from the environment or from files, with the same result', () => {
    const [one, two] = [load(byEnvironment), load(byFile, contents)];
    expect(two.store).toEqual(one.store);
    expect(two.report).toEqual(one.report);
    expect(two.store).toMatchObject({ databaseUrl: url });
  });

  test('are never shown', () => {
    for (const config of [load(byEnvironment), load(byFile, contents)]) {
      const shown = JSON.stringify(describeConfig(config));
      for (const hidden of ['hidden-1', 'hidden-2', SECRET]) expect(shown).not.toContain(hidden);
      expect(shown).toContain('postgres://imsr:***@db.internal:5432/imsr');
      expect(shown).toContain('(set, not shown)');
    }
  });

  test('are not in the error of a configuration that is refused', () => {
    for (const env of [
      { ...byEnvironment, REPORT_LINK_SECRET: 'hidden-3', PORT: 'x' },
      { DATABASE_URL: 'mysql://imsr:hidden-1@db/imsr', PORT: 'x' },
      { PUBLIC_URLS: 'https://u:hidden-1@cds.example' },
    ])
      expect(JSON.stringify(issuesOf(env))).not.toMatch(/hidden/);
  });

  test('given twice, or in a file that is empty or missing, are refused', () => {
    expect(refused({ DATABASE_URL: url, DATABASE_URL_FILE: '/run/secrets/db' }, contents)).toEqual([
      'DATABASE_URL_FILE',
    ]);
    expect(refused({ DATABASE_URL: 'mysql://x', DATABASE_URL_FILE: '/run/secrets/db' }, contents)).toEqual([
      'DATABASE_URL_FILE',
      'DATABASE_URL',
    ]);
    expect(refused({ DATABASE_URL_FILE: '/run/secrets/none' })).toEqual(['DATABASE_URL_FILE']);
    expect(refused({ DATABASE_URL_FILE: 'empty' }, { empty: ' \n' })).toEqual(['DATABASE_URL_FILE']);
    expect(refused({ REPORT_LINK_SECRET_FILE: 'short' }, { short: 'abc' })).toEqual(['REPORT_LINK_SECRET_FILE']);
  });
});

describe('the table of settings', () => {
  /** Their defaults are told in words; what is shown is what those come to. */
  const dependent = new Set(['MODE', 'AUTH_MODE', 'PUBLIC_URLS', 'CORS_ORIGINS', 'SANDBOX']);

  test('says of each what it means, and its default is what is read', () => {
    const shown = describeConfig(load()).settings;
    expect(shown.map((setting) => setting.name)).toEqual(Object.keys(settings));
    for (const setting of shown) {
      expect(setting.meaning).toMatch(/\.$/);
      expect(setting.from).toBe('default');
      const known: { readonly default?: string; readonly defaultMeaning?: string } = settings[setting.name];
      if (!dependent.has(setting.name)) expect(setting.shown).toBe(known.default);
      expect(known.default ?? known.defaultMeaning).toBeTypeOf('string');
    }
  });

  test('says where a value came from', () => {
    const shown = describeConfig(load({ PORT: '9000', DATABASE_URL_FILE: 'db' }, { db: 'postgres://db/x' })).settings;
    const from = Object.fromEntries(shown.map((setting) => [setting.name, setting.from]));
    expect([from['PORT'], from['DATABASE_URL'], from['HOST']]).toEqual(['environment', 'file', 'default']);
  });
});
