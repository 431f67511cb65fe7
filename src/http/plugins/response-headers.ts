import type { FastifyInstance } from 'fastify';

/**
 * Headers of every answer. Answers hold advice about a patient: they are never cached, framed or sniffed.
 *
 * A fixed table in place of `@fastify/helmet`, which builds its middleware anew for each request (ADR 0052).
 * @source OWASP REST Security Cheat Sheet, Security Headers
 */
const SECURITY_HEADERS = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'strict-transport-security': 'max-age=31536000',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
} as const;

/** Security headers and the request id, on answers and errors alike. */
export function setResponseHeaders(app: FastifyInstance): void {
  app.addHook('onRequest', (request, reply, done) => {
    reply.headers(headersOfEvery(request.id));
    done();
  });
}

/** What every answer has, also one that no hook sees. */
export function headersOfEvery(requestId: string): Readonly<Record<string, string>> {
  return { ...SECURITY_HEADERS, 'x-request-id': requestId };
}
