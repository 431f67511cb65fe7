import { CdsError, type RequestIssue } from '../errors.js';
import type { TrustSettings } from '../schemas/trust.js';
import type { Config, HttpSettings, Mode, StoreSettings, TlsMaterial } from './config.js';
import { isLoopbackUrl } from './forms.js';
import { publicUrlsOf } from './public-urls.js';
import { ANONYMOUS_ID, readClients } from './read-clients.js';
import { type Environment, type ReadFile, readSettings } from './read-settings.js';
import type { SettingName, SettingValues } from './settings.js';
import { type Complain, tlsOf } from './tls-of.js';
import { warningsOf } from './warnings.js';

/**
 * The configuration that the environment and the files it names give.
 *
 * @param env the environment variables of `settings`, and `NODE_ENV`
 * @param readFile gives a text file, by the path as it stands in a setting
 * @throws CONFIG_INVALID with one issue for every setting that is wrong, all at once; no issue holds a secret
 */
export function loadConfig(env: Environment, readFile: ReadFile): Config {
  const { values, effective, issues: unreadable } = readSettings(env, readFile);
  const issues: RequestIssue[] = [...unreadable];
  const complain: Complain = (path, expected, found) => issues.push({ path, expected, found });

  const mode: Mode = values.MODE ?? modeByNode(env['NODE_ENV']?.trim() ?? '', complain);
  const tls = tlsOf(values, readFile, complain);
  const auth = trustOf(values, mode, tls !== undefined, readFile, complain);
  const http = httpOf(values, mode, auth, tls, complain);
  if (values.FETCH_TIMEOUT_MS > values.FETCH_DEADLINE_MS)
    complain('FETCH_TIMEOUT_MS', 'no more than FETCH_DEADLINE_MS');
  if (issues.length > 0) {
    const count = issues.length === 1 ? 'One setting is' : `${issues.length} settings are`;
    throw new CdsError('CONFIG_INVALID', `${count} wrong; the service does not start.`, { issues });
  }
  return {
    mode,
    http,
    auth,
    fetch: {
      deadlineMs: values.FETCH_DEADLINE_MS,
      timeoutMs: values.FETCH_TIMEOUT_MS,
      maxConnections: values.FETCH_MAX_CONNECTIONS,
      maxPages: values.FETCH_MAX_PAGES,
      maxBytes: values.FETCH_MAX_BYTES,
    },
    store: storeOf(values),
    report: {
      linkSecret: values.REPORT_LINK_SECRET,
      linkTtlSeconds: values.REPORT_LINK_TTL_SECONDS,
    },
    defaultLanguage: values.DEFAULT_LANGUAGE,
    siteValueSetsFile: values.SITE_VALUE_SETS,
    logLevel: values.LOG_LEVEL,
    otlpEndpoint: values.OTEL_EXPORTER_OTLP_ENDPOINT,
    warnings: warningsOf(values, mode, auth, tls !== undefined),
    effective: effective.map((one) => {
      const shown = one.shown ?? inForce(one.name, mode, auth, http);
      return shown === undefined ? one : { ...one, shown };
    }),
  };
}

/** A value that means nothing here may have been meant to be strict (`prod`, `Production`), so it opens no door. */
function modeByNode(text: string, complain: Complain): Mode {
  if (text === 'production') return 'production';
  if (!['', 'development', 'test'].includes(text))
    complain('NODE_ENV', 'production, development or test, or MODE beside it');
  return 'development';
}

/** What stands in force for a setting that is not set and whose default depends on others. */
function inForce(name: SettingName, mode: Mode, auth: TrustSettings, http: HttpSettings): string | undefined {
  switch (name) {
    case 'MODE':
      return mode;
    case 'AUTH_MODE':
      return auth.mode;
    case 'PUBLIC_URLS':
      return auth.publicUrls.join(',');
    case 'CORS_ORIGINS':
      return http.corsOrigins.length === 0 ? undefined : http.corsOrigins.join(',');
    case 'SANDBOX':
      return String(http.sandbox);
    default:
      return undefined;
  }
}

function trustOf(
  values: SettingValues,
  mode: Mode,
  tls: boolean,
  readFile: ReadFile,
  complain: Complain,
): TrustSettings {
  const production = mode === 'production';
  const file = values.CLIENTS_FILE;
  const authMode = values.AUTH_MODE ?? (file !== undefined || production ? 'clients' : 'development');
  if (authMode === 'development' && production) complain('AUTH_MODE', 'clients, in production');
  if (authMode === 'development' && file !== undefined) complain('AUTH_MODE', 'clients, since CLIENTS_FILE is set');
  if (authMode === 'clients' && file === undefined)
    complain(
      'CLIENTS_FILE',
      'a file with the registered clients (MODE=development starts without, for synthetic patients only)',
    );
  const defaults = {
    production,
    retentionDays: values.RETENTION_DAYS,
    rateLimitPerMinute: values.RATE_LIMIT_PER_MINUTE,
  };
  const read = file === undefined ? { clients: [], issues: [] } : readClients(file, readFile, defaults);
  for (const { path, expected, found } of read.issues) complain(path, expected, found);
  const publicUrls = publicUrlsOf(values, tls);
  if (production && (values.PUBLIC_URLS ?? []).some((url) => url.startsWith('http:') && !isLoopbackUrl(url)))
    complain('PUBLIC_URLS', 'https URLs, in production');
  return {
    mode: authMode,
    publicUrls,
    clients: read.clients,
    anonymous: {
      id: ANONYMOUS_ID,
      anonymous: true,
      fhirServers: values.DEV_FHIR_SERVERS ?? [],
      privateAddressesAllowed: true,
    },
    clockSkewSeconds: values.CLOCK_SKEW_SECONDS,
    tokenMaxLifetimeSeconds: values.TOKEN_MAX_LIFETIME_SECONDS,
    jwksMaxAgeSeconds: values.JWKS_MAX_AGE_SECONDS,
    jwksTimeoutMs: values.JWKS_TIMEOUT_MS,
    replayCapacity: values.REPLAY_CAPACITY,
  };
}

function httpOf(
  values: SettingValues,
  mode: Mode,
  auth: TrustSettings,
  tls: TlsMaterial | undefined,
  complain: Complain,
): HttpSettings {
  const production = mode === 'production';
  const corsOrigins = values.CORS_ORIGINS ?? (production ? [] : ['*']);
  if (production && corsOrigins.includes('*')) complain('CORS_ORIGINS', 'a list of origins, in production');
  if (production && values.SANDBOX === true) complain('SANDBOX', 'false, in production');
  return {
    host: values.HOST,
    port: values.PORT,
    tls,
    trustProxy: values.TRUST_PROXY,
    bodyLimitBytes: values.BODY_LIMIT_BYTES,
    corsOrigins: corsOrigins.includes('*')
      ? ['*']
      : [...new Set([...corsOrigins, ...auth.clients.flatMap((client) => client.origins)])],
    rateLimitPerMinute: values.RATE_LIMIT_PER_MINUTE,
    maxEventLoopDelayMs: values.MAX_EVENT_LOOP_DELAY_MS,
    shutdownGraceMs: values.SHUTDOWN_GRACE_MS,
    workers: values.WORKERS,
    sandbox: values.SANDBOX ?? !production,
    metrics: values.METRICS,
  };
}

function storeOf(values: SettingValues): StoreSettings {
  const retentionDays = values.RETENTION_DAYS;
  return values.DATABASE_URL === undefined
    ? { dataDir: values.DATA_DIR, retentionDays }
    : { databaseUrl: values.DATABASE_URL, retentionDays };
}
