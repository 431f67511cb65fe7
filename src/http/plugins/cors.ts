import type { FastifyInstance } from 'fastify';
import type { WireSettings } from '../app-parts.js';

const PREFLIGHT = {
  'access-control-allow-methods': 'GET, POST',
  // By name: `*` does not cover Authorization.
  'access-control-allow-headers': 'authorization, content-type, accept-language',
  'access-control-max-age': '600',
} as const;

/**
 * Lets browser-based clients of the listed origins read every answer, errors too, and ask first without a token.
 *
 * Never `*` and never credentials: a client proves itself with its token. Our own few lines, because `@fastify/cors`
 * took as long as checking the request (ADR 0052).
 * @source Fetch standard, CORS protocol
 */
export function allowOrigins(app: FastifyInstance, allowed: WireSettings['corsOrigins']): void {
  const origins = allowed === 'any' ? undefined : new Set(allowed);

  app.addHook('onRequest', (request, reply, done) => {
    reply.header('vary', 'Origin');
    const { origin } = request.headers;
    const trusted = origin !== undefined && (origins === undefined || origins.has(origin));
    if (trusted) {
      reply.header('access-control-allow-origin', origin);
      reply.header('access-control-expose-headers', 'x-request-id, retry-after');
    }
    if (request.method === 'OPTIONS') {
      if (trusted) reply.headers(PREFLIGHT);
      reply.code(204).send();
      return;
    }
    done();
  });
  // The hook answers; the route makes every address take the question.
  app.options('*', { schema: { hide: true } }, (_request, reply) => reply.code(204).send());
}
