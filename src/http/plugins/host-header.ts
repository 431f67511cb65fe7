import type { FastifyInstance } from 'fastify';
import { CdsError } from '../../errors.js';

/**
 * Refuses a call without `Host`. Node can do so too, but answers without a body.
 * @source RFC 9112 section 3.2
 */
export function demandHost(app: FastifyInstance): void {
  app.addHook('onRequest', (request, reply, done) => {
    if (request.headers.host !== undefined || request.raw.httpVersion === '1.0') {
      done();
      return;
    }
    reply.header('connection', 'close');
    done(new CdsError('REQUEST_INVALID', 'The Host header is missing.'));
  });
}
