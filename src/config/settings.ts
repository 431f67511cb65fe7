import {
  baseUrl,
  baseUrls,
  flag,
  type Form,
  longText,
  oneOf,
  origins,
  postgresUrl,
  someText,
  trustedProxies,
  wholeNumber,
} from './forms.js';

/** One environment variable that the service reads. */
export interface Setting<T = unknown> {
  /** What it does, with its unit; one sentence for the documentation. */
  readonly meaning: string;
  /** The text that is read when it is not set; absent when there is none. */
  readonly default?: string;
  /** What stands in its place when the default depends on other settings. */
  readonly defaultMeaning?: string;
  /**
   * Whether it may also be given as a file named by `<NAME>_FILE`, and what of it is never shown: all of it, or only the
   * password and the query of the URL that it is.
   */
  readonly secret: false | 'whole' | 'credentials';
  readonly form: Form<T>;
}

/** A setting that always has a value. */
function setting<T>(form: Form<T>, defaultText: string, meaning: string): Setting<T> & { readonly default: string } {
  return { form, default: defaultText, meaning, secret: false };
}

/** A setting that may stay unset. */
function optional<T>(form: Form<T>, meaning: string, defaultMeaning = 'not set'): Setting<T> {
  return { form, meaning, defaultMeaning, secret: false };
}

function secret<T>(
  hidden: 'whole' | 'credentials',
  form: Form<T>,
  meaning: string,
  defaultMeaning: string,
): Setting<T> {
  return { ...optional(form, meaning, defaultMeaning), secret: hidden };
}

/** Every environment variable, in the order in which the documentation and `imsr-cds config` show them. */
export const settings = {
  MODE: optional(
    oneOf('production', 'development'),
    'How strict the start is: production refuses what is only fit for trying the service out.',
    'production when NODE_ENV is production, development when it is development, test or not set',
  ),
  AUTH_MODE: optional(
    oneOf('clients', 'development'),
    'clients: only registered clients with a token; development: every caller is anonymous. Never development in production.',
    'clients when CLIENTS_FILE is set or in production, else development',
  ),
  HOST: setting(someText, '127.0.0.1', 'Address to listen on; 0.0.0.0 for every interface.'),
  PORT: setting(wholeNumber(0, 65_535), '8080', 'Port to listen on; 0 takes a free one.'),
  PUBLIC_URLS: optional(
    baseUrls,
    'Base URLs at which clients call the service, separated by commas; a token names one of them, plus the path, as its audience.',
    'HOST and PORT, and localhost when listening on this machine only or on every interface',
  ),
  TRUST_PROXY: setting(trustedProxies, 'false', 'Which proxies are believed about the address of the caller.'),
  TLS_CERT_FILE: optional(someText, 'PEM certificate chain; with TLS_KEY_FILE the service speaks HTTPS itself.'),
  TLS_KEY_FILE: optional(someText, 'PEM private key of TLS_CERT_FILE.'),
  TLS_MIN_VERSION: setting(oneOf('1.2', '1.3'), '1.2', 'Lowest TLS version that is spoken.'),
  BODY_LIMIT_BYTES: setting(wholeNumber(1_024, 268_435_456), '16777216', 'Largest request body, in bytes.'),
  CORS_ORIGINS: optional(
    origins,
    'Browser origins that may call, beside those of the registered clients; * for any, not in production.',
    'none in production, else *',
  ),
  RATE_LIMIT_PER_MINUTE: setting(
    wholeNumber(0, 10_000_000),
    '6000',
    'Calls per minute for one client, in one process, and report pages for one address; 0 is no limit. A client may have its own in CLIENTS_FILE.',
  ),
  MAX_EVENT_LOOP_DELAY_MS: setting(
    wholeNumber(0, 60_000),
    '1000',
    'Event-loop delay in milliseconds above which calls get 503; 0 is never.',
  ),
  SHUTDOWN_GRACE_MS: setting(
    wholeNumber(0, 600_000),
    '10000',
    'Milliseconds that accepted calls get to finish when the service is told to stop.',
  ),
  WORKERS: setting(wholeNumber(1, 64), '1', 'Number of processes that answer calls.'),
  CLIENTS_FILE: optional(someText, 'YAML or JSON file with the registered clients.'),
  DEV_FHIR_SERVERS: optional(
    baseUrls,
    'FHIR base URLs that may be called for the anonymous client of development mode, separated by commas.',
    'none',
  ),
  CLOCK_SKEW_SECONDS: setting(
    wholeNumber(0, 300),
    '60',
    'Seconds that the clock of a client may differ when exp, iat and nbf of its token are checked.',
  ),
  TOKEN_MAX_LIFETIME_SECONDS: setting(
    wholeNumber(10, 86_400),
    '3600',
    'Longest time between iat and exp of a client token, in seconds.',
  ),
  JWKS_MAX_AGE_SECONDS: setting(
    wholeNumber(10, 86_400),
    '600',
    'Seconds after which a fetched JWK Set is fetched again; so long a withdrawn key may still work, and six times as long while the server of the client does not answer.',
  ),
  JWKS_TIMEOUT_MS: setting(wholeNumber(50, 30_000), '2000', 'Milliseconds in which a JWK Set must have arrived.'),
  REPLAY_CAPACITY: setting(
    wholeNumber(1_000, 3_000_000),
    '1500000',
    'Number of unexpired token ids that one process remembers (up to 48 bytes each); when full, calls get 503.',
  ),
  FETCH_DEADLINE_MS: setting(
    wholeNumber(50, 60_000),
    '2500',
    'Milliseconds for all fetching from a FHIR server within one call.',
  ),
  FETCH_TIMEOUT_MS: setting(
    wholeNumber(50, 60_000),
    '2000',
    'Milliseconds that a FHIR server may be silent, before the headers of an answer or between two parts of it.',
  ),
  FETCH_MAX_CONNECTIONS: setting(
    wholeNumber(1, 1_000),
    '64',
    'Connections of one process to one FHIR server; a call opens some nine at once, and what finds none free waits within its deadline.',
  ),
  FETCH_MAX_PAGES: setting(wholeNumber(1, 1_000), '20', 'Pages that are followed in one search on a FHIR server.'),
  FETCH_MAX_BYTES: setting(
    wholeNumber(1_024, 268_435_456),
    '33554432',
    'Bytes that are read from a FHIR server within one call.',
  ),
  DATABASE_URL: secret(
    'credentials',
    postgresUrl,
    'PostgreSQL database for receipts, feedback and used token ids; needed for several instances.',
    'an embedded file in DATA_DIR',
  ),
  DATA_DIR: setting(someText, './data', 'Directory of the embedded database, when DATABASE_URL is not set.'),
  RETENTION_DAYS: setting(
    wholeNumber(1, 36_500),
    '365',
    'Days that receipts and feedback are kept. A client may have its own in CLIENTS_FILE.',
  ),
  REPORT_LINK_SECRET: secret(
    'whole',
    longText(32),
    'Signs the links to reports, the same at every instance; at least 32 characters.',
    'none',
  ),
  REPORT_LINK_TTL_SECONDS: setting(wholeNumber(60, 2_592_000), '3600', 'Seconds that a link to a report stays valid.'),
  DEFAULT_LANGUAGE: setting(oneOf('nl', 'en'), 'nl', 'Language of the cards when neither client nor call names one.'),
  SITE_VALUE_SETS: optional(someText, 'YAML file with the codes that this site uses beside the standard ones.'),
  SANDBOX: optional(
    flag,
    'Whether the sandbox page is offered; never in production.',
    'false in production, else true',
  ),
  METRICS: setting(flag, 'true', 'Whether /metrics is offered.'),
  LOG_LEVEL: setting(
    oneOf('fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'),
    'info',
    'Least severe level that is logged.',
  ),
  OTEL_EXPORTER_OTLP_ENDPOINT: optional(baseUrl, 'OpenTelemetry collector that receives traces.', 'no traces'),
} as const;

export type SettingName = keyof typeof settings;

/** The values of all settings: always there when the setting has a default text, else possibly absent. */
export type SettingValues = {
  readonly [Name in SettingName]: (typeof settings)[Name] extends { readonly default: string }
    ? ValueOf<(typeof settings)[Name]>
    : ValueOf<(typeof settings)[Name]> | undefined;
};

type ValueOf<S> = S extends Setting<infer T> ? T : never;
