import cors from '@fastify/cors';
import type { FastifyInstance } from 'fastify';
import type { HttpSettings } from '../app-parts.js';

/**
 * Headers of every answer. Answers hold advice about a patient: they are never cached, framed or sniffed.
 *
 * A fixed table in place of `@fastify/helmet`, which builds its middleware anew for each request (see ADR 0052).
 * @source OWASP REST Security Cheat Sheet, security headers
 */
const SECURITY_HEADERS = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=()',
  'referrer-policy': 'no-referrer',
  'strict-transport-security': 'max-age=31536000',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
} as const;

const PREFLIGHT_SECONDS = 600;

/** Security headers, the request id and CORS, on answers and errors alike. */
export async function setResponseHeaders(app: FastifyInstance, settings: HttpSettings): Promise<void> {
  app.addHook('onRequest', (request, reply, done) => {
    reply.headers(SECURITY_HEADERS);
    reply.header('x-request-id', request.id);
    done();
  });
  await app.register(cors, {
    origin: settings.corsOrigins === 'any' ? true : [...settings.corsOrigins],
    methods: ['GET', 'POST'],
    allowedHeaders: ['authorization', 'content-type', 'accept-language'],
    exposedHeaders: ['x-request-id', 'retry-after'],
    credentials: false,
    strictPreflight: false,
    maxAge: PREFLIGHT_SECONDS,
  });
}
