import type { Config } from '../config/config.js';
import type { WireSettings } from './app-parts.js';

/** Failed authentications per minute and address before they are answered 429; far more than a wrong set-up makes. */
const FAILURES_PER_MINUTE = 600;

/** Twice the longest time that fetching for one answer may be given (FETCH_DEADLINE_MS). */
const STILL_CONNECTION_MS = 120_000;

/**
 * The configuration as the wire needs it.
 *
 * @param version of this service, for the OpenAPI document
 */
export function wireSettings(config: Config, version: string): WireSettings {
  const { http, auth } = config;
  const limits = new Map(auth.clients.map((client) => [client.id, client.rateLimitPerMinute]));
  return {
    bodyLimitBytes: http.bodyLimitBytes,
    corsOrigins: http.corsOrigins.includes('*') ? 'any' : http.corsOrigins,
    rateLimitPerMinute: (clientId = '') => limits.get(clientId) ?? http.rateLimitPerMinute,
    failuresPerMinute: FAILURES_PER_MINUTE,
    maxEventLoopDelayMs: http.maxEventLoopDelayMs,
    stillConnectionMs: STILL_CONNECTION_MS,
    trustProxy: http.trustProxy,
    tls: http.tls,
    overTls: http.tls !== undefined || auth.publicUrls.every((url) => url.startsWith('https:')),
    defaultLanguage: config.defaultLanguage,
    docs: true,
    publicUrl: auth.publicUrls[0],
    version,
  };
}
