import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Log } from '../../schemas/log.js';
import type { Metrics } from '../metrics.js';

/**
 * One line and one measurement per answered call.
 *
 * The line is an allow-list: request id, service, hook instance, client, status, error code, milliseconds. No address,
 * no query, no header, no body. What is no call of a service (discovery, health checks, metrics, pages) is left out, unless it fails.
 */
export function logAnswers(app: FastifyInstance, noteAnswer: NoteAnswer): void {
  app.addHook('onResponse', (request, reply, done) => {
    noteAnswer(request, reply);
    done();
  });
}

/** Notes an answer that was given. */
export type NoteAnswer = (request: FastifyRequest, reply: FastifyReply) => void;

export function noteAnswers(log: Log, metrics: Metrics | undefined): NoteAnswer {
  return (request, reply) => {
    // What the router could not read has no state of ours.
    const { serviceId = '', errorCode = '' } = request as Partial<typeof request>;
    const status = reply.statusCode;
    if (serviceId === '' && status < 400) return;
    const ms = reply.elapsedTime;
    metrics?.answered(serviceId === '' ? 'none' : serviceId, status, ms / 1000);
    // What is `undefined` is left out of the line.
    const line = {
      requestId: request.id,
      service: serviceId === '' ? undefined : serviceId,
      hookInstance: request.hookInstance === '' ? undefined : request.hookInstance,
      clientId: request.client?.id,
      status,
      code: errorCode === '' ? undefined : errorCode,
      ms: Math.round(ms * 100) / 100,
    };
    log.info(line, 'answered');
  };
}
