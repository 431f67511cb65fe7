import type { FastifyInstance } from 'fastify';
import type { WireSettings } from '../app-parts.js';

/**
 * Headers of every answer. Answers hold advice about a patient: they are never cached, framed or sniffed.
 *
 * A fixed table in place of `@fastify/helmet`, which builds its middleware anew for each request (ADR 0052).
 * @source OWASP REST Security Cheat Sheet, Security Headers
 */
const SECURITY_HEADERS = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
} as const;

/**
 * The same where callers come over TLS: a browser then never comes without it. Over plain HTTP it must not be said.
 * @source RFC 6797 section 7.2
 */
const SECURITY_HEADERS_OVER_TLS = { ...SECURITY_HEADERS, 'strict-transport-security': 'max-age=31536000' } as const;

/** Security headers and the request id, on answers and errors alike. */
export function setResponseHeaders(app: FastifyInstance, settings: Pick<WireSettings, 'overTls'>): void {
  app.addHook('onRequest', (request, reply, done) => {
    reply.headers(headersOfEvery(request.id, settings));
    done();
  });
}

/** What every answer has, also one that no hook sees. */
export function headersOfEvery(
  requestId: string,
  { overTls }: Pick<WireSettings, 'overTls'>,
): Readonly<Record<string, string>> {
  return { ...(overTls ? SECURITY_HEADERS_OVER_TLS : SECURITY_HEADERS), 'x-request-id': requestId };
}
