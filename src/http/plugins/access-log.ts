import type { FastifyInstance } from 'fastify';
import type { Log } from '../../schemas/log.js';
import type { Metrics } from '../metrics.js';

/**
 * One line and one measurement per answered call.
 *
 * The line is an allow-list: request id, service, hook instance, client, status, error code, milliseconds. No address,
 * no query, no header, no body. Health checks, metrics and pages are left out, unless they fail.
 */
export function logAnswers(app: FastifyInstance, log: Log, metrics: Metrics | undefined): void {
  app.addHook('onResponse', (request, reply, done) => {
    const { serviceId, hookInstance, client, errorCode } = request;
    const status = reply.statusCode;
    const ms = reply.elapsedTime;
    if (serviceId !== '' || status >= 400) {
      metrics?.answered(serviceId === '' ? 'none' : serviceId, status, ms / 1000);
      log.info(
        {
          requestId: request.id,
          ...(serviceId === '' ? {} : { service: serviceId }),
          ...(hookInstance === '' ? {} : { hookInstance }),
          ...(client === null ? {} : { clientId: client.id }),
          status,
          ...(errorCode === '' ? {} : { code: errorCode }),
          ms: Math.round(ms * 100) / 100,
        },
        'answered',
      );
    }
    done();
  });
}
