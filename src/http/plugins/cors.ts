import cors from '@fastify/cors';
import type { FastifyInstance, onRequestHookHandler } from 'fastify';
import type { WireSettings } from '../app-parts.js';

const PREFLIGHT_SECONDS = 600;
const EXPOSED_HEADERS = ['x-request-id', 'retry-after'];

/** What the plugin sets on an answer that no browser asked for. */
const HEADERS_WITHOUT_ORIGIN = {
  vary: 'Origin',
  'access-control-expose-headers': EXPOSED_HEADERS.join(', '),
} as const;

/**
 * Lets browser-based clients of the listed origins read every answer, errors too, and ask first without a token.
 *
 * Never `*` and never credentials: a client proves itself with its token. Headers are allowed by name, for `*` does not
 * cover Authorization.
 * @source Fetch standard, CORS protocol
 */
export async function allowOrigins(app: FastifyInstance, allowed: WireSettings['corsOrigins']): Promise<void> {
  const options = {
    origin: allowed === 'any' ? true : [...allowed],
    methods: ['GET', 'POST'],
    allowedHeaders: ['authorization', 'content-type', 'accept-language'],
    exposedHeaders: EXPOSED_HEADERS,
    credentials: false,
    // Else a preflight without its headers is answered in plain text.
    strictPreflight: false,
    maxAge: PREFLIGHT_SECONDS,
  };
  // The plugin works its options out anew for each request, so only the calls of browsers meet its hook.
  const forBrowsers = (name: 'onRequest', hook: onRequestHookHandler): FastifyInstance =>
    app.addHook(name, function (request, reply, done) {
      if (request.headers.origin !== undefined || request.method === 'OPTIONS') {
        hook.call(this, request, reply, done);
        return;
      }
      reply.headers(HEADERS_WITHOUT_ORIGIN);
      done();
    });
  const scope = Object.create(app, { addHook: { value: forBrowsers } }) as FastifyInstance;
  await new Promise<void>((resolve, reject) => {
    cors(scope, options, (error) => (error === undefined ? resolve() : reject(error)));
  });
}

/** What the plugin would set for a request of this origin, for answers that no hook sees. */
export function originHeaders(
  origin: string | undefined,
  allowed: WireSettings['corsOrigins'],
): Readonly<Record<string, string>> {
  const readable = origin !== undefined && (allowed === 'any' || allowed.includes(origin));
  return readable ? { ...HEADERS_WITHOUT_ORIGIN, 'access-control-allow-origin': origin } : HEADERS_WITHOUT_ORIGIN;
}
