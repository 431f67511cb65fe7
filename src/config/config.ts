import type { Language } from '../schemas/service.js';
import type { TrustSettings } from '../schemas/trust.js';
import type { TrustProxy } from './forms.js';
import type { EffectiveSetting } from './read-settings.js';

export type Mode = 'production' | 'development';
export type LogLevel = 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';

/** Certificate and key in PEM, for a service that speaks HTTPS itself. */
export interface TlsMaterial {
  readonly cert: string;
  readonly key: string;
  readonly minVersion: 'TLSv1.2' | 'TLSv1.3';
}

export interface HttpSettings {
  readonly host: string;
  /** 0 takes a free port. */
  readonly port: number;
  readonly tls: TlsMaterial | undefined;
  readonly trustProxy: TrustProxy;
  readonly bodyLimitBytes: number;
  /** Origins that browsers may call from, those of the clients among them; `['*']` is any. */
  readonly corsOrigins: readonly string[];
  /** For a caller without a limit of its own; 0 is no limit. */
  readonly rateLimitPerMinute: number;
  /** 0 is never. */
  readonly maxEventLoopDelayMs: number;
  readonly shutdownGraceMs: number;
  readonly workers: number;
  readonly sandbox: boolean;
  readonly metrics: boolean;
}

export interface FetchSettings {
  readonly deadlineMs: number;
  readonly timeoutMs: number;
  readonly maxConnections: number;
  readonly maxPages: number;
  readonly maxBytes: number;
}

export type StoreSettings =
  /** PostgreSQL. */
  | { readonly databaseUrl: string; readonly retentionDays: number }
  /** The folder of the embedded file. */
  | { readonly dataDir: string; readonly retentionDays: number };

export interface ReportSettings {
  /** Absent: the site gave none, so no link can outlive this process. */
  readonly linkSecret: string | undefined;
  readonly linkTtlSeconds: number;
}

/** The whole configuration, checked. It holds secrets: show it only through `describeConfig`. */
export interface Config {
  readonly mode: Mode;
  readonly http: HttpSettings;
  readonly auth: TrustSettings;
  readonly fetch: FetchSettings;
  readonly store: StoreSettings;
  readonly report: ReportSettings;
  readonly defaultLanguage: Language;
  readonly siteValueSetsFile: string | undefined;
  readonly logLevel: LogLevel;
  /** Collector for traces; absent is no traces. */
  readonly otlpEndpoint: string | undefined;
  /** What a person should be told loudly at start; sentences without secrets. */
  readonly warnings: readonly string[];
  /** Every setting with where it came from, fit to show. */
  readonly effective: readonly EffectiveSetting[];
}
