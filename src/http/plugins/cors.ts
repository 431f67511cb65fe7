import cors from '@fastify/cors';
import type { FastifyInstance } from 'fastify';
import type { WireSettings } from '../app-parts.js';

const PREFLIGHT_SECONDS = 600;

/**
 * Lets browser-based clients of the listed origins read every answer, errors too, and ask first without a token.
 *
 * Never `*` and never credentials: a client proves itself with its token. Headers are allowed by name, for `*` does not
 * cover Authorization.
 * @source Fetch standard, CORS protocol
 */
export async function allowOrigins(app: FastifyInstance, allowed: WireSettings['corsOrigins']): Promise<void> {
  await app.register(cors, {
    origin: allowed === 'any' ? true : [...allowed],
    methods: ['GET', 'POST'],
    allowedHeaders: ['authorization', 'content-type', 'accept-language'],
    exposedHeaders: ['x-request-id', 'retry-after'],
    credentials: false,
    // Else a preflight without its headers is answered in plain text.
    strictPreflight: false,
    maxAge: PREFLIGHT_SECONDS,
  });
}
