import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { CdsError } from '../../errors.js';
import type { AppParts } from '../app-parts.js';

const WINDOW_MS = 60_000;

/** Counts a request and tells in how many seconds to come back when it is one too many. */
type Limit = (request: FastifyRequest) => Promise<{ isAllowed: boolean; isExceeded?: boolean; ttlInSeconds?: number }>;

/** Finds out who calls the endpoint with this path, and whether that caller may call again so soon. */
export type Admit = (request: FastifyRequest, path: string) => Promise<void>;

/**
 * Authentication and the rate limits.
 *
 * A client is counted under its own id, whatever address it calls from. Failures are counted per address, apart from
 * good calls: a neighbour behind the same proxy who sends bad tokens never blocks a good client.
 */
export async function admitClients(app: FastifyInstance, parts: AppParts): Promise<Admit> {
  const { settings } = parts;
  await app.register(rateLimit, { global: false, timeWindow: WINDOW_MS });
  const clientLimit: Limit = app.createRateLimit({
    max: ({ client }) => settings.rateLimitPerMinute(client?.id ?? ''),
    timeWindow: WINDOW_MS,
    keyGenerator: ({ client, ip }) => (client?.anonymous === false ? `client ${client.id}` : `address ${ip}`),
  });
  const failureLimit: Limit = app.createRateLimit({ max: settings.failuresPerMinute, timeWindow: WINDOW_MS });

  return async (request, path) => {
    try {
      request.client = await parts.authenticate(request.headers.authorization, path);
    } catch (thrown) {
      await refuseWhenExceeded(failureLimit, request);
      throw thrown;
    }
    if (settings.rateLimitPerMinute(request.client.id) > 0) await refuseWhenExceeded(clientLimit, request);
  };
}

async function refuseWhenExceeded(limit: Limit, request: FastifyRequest): Promise<void> {
  const { isExceeded, ttlInSeconds } = await limit(request);
  if (isExceeded !== true) return;
  throw new CdsError('RATE_LIMITED', 'Too many calls; try again later.', {
    retryAfterSeconds: Math.max(1, ttlInSeconds ?? 1),
  });
}
