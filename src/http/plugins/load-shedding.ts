import underPressure from '@fastify/under-pressure';
import type { FastifyInstance } from 'fastify';
import { CdsError, RETRY_AFTER_SECONDS } from '../../errors.js';

/**
 * Refuses calls while the event loop is so late that an answer would come too late to be seen.
 *
 * For the scope it is registered in: discovery and health checks keep answering.
 * @param maxEventLoopDelayMs mean delay over the last second; 0 never sheds
 */
export async function shedLoad(scope: FastifyInstance, maxEventLoopDelayMs: number): Promise<void> {
  if (maxEventLoopDelayMs === 0) return;
  await scope.register(underPressure, {
    maxEventLoopDelay: maxEventLoopDelayMs,
    pressureHandler: () =>
      Promise.reject(
        new CdsError('OVERLOADED', 'The service is too busy to answer in time.', {
          retryAfterSeconds: RETRY_AFTER_SECONDS.load,
        }),
      ),
  });
}
