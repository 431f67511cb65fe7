import type { FastifyRequest } from 'fastify';
import { CdsError } from '../../errors.js';
import type { AppParts } from '../app-parts.js';
import { createFixedWindow } from '../fixed-window.js';

/** Finds out who calls the endpoint with this path, and whether that caller may call again so soon. */
export type Admit = (request: FastifyRequest, path: string) => Promise<void>;

/**
 * Authentication and the rate limits.
 *
 * A client is counted under its own id, whatever address it calls from. Failures are counted per address, apart from
 * good calls: a neighbour behind the same proxy who sends bad tokens never blocks a good client.
 */
export function admitClients({ settings, authenticate, clock }: AppParts): Admit {
  const calls = createFixedWindow(clock);
  const failures = createFixedWindow(clock);

  return async (request, path) => {
    try {
      request.client = await authenticate(request.headers.authorization, path);
    } catch (thrown) {
      if (thrown instanceof CdsError && thrown.code === 'AUTH_FAILED' && settings.failuresPerMinute > 0) {
        refuse(failures.count(request.ip, settings.failuresPerMinute));
      }
      throw thrown;
    }
    const { id, anonymous } = request.client;
    const limit = settings.rateLimitPerMinute(id);
    if (limit > 0) refuse(calls.count(anonymous ? request.ip : `client ${id}`, limit));
  };
}

/**
 * The rate limit of what is opened without a client: per address, and apart from the calls of services.
 *
 * @returns what counts a request, and throws RATE_LIMITED
 */
export function limitAddresses(limit: number, clock: AppParts['clock']): (request: FastifyRequest) => void {
  const opened = createFixedWindow(clock);
  return ({ ip }) => {
    if (limit > 0) refuse(opened.count(ip, limit));
  };
}

function refuse(retryAfterSeconds: number | undefined): void {
  if (retryAfterSeconds === undefined) return;
  throw new CdsError('RATE_LIMITED', 'Too many calls; try again later.', { retryAfterSeconds });
}
