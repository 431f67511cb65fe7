import type { FastifyInstance } from 'fastify';
import { CdsError } from '../../errors.js';

/**
 * Refuses a call without `Host`, or with two. Node can refuse the first too, but answers without a body; the second it
 * takes for the first of them.
 * @source RFC 9112 section 3.2
 */
export function demandHost(app: FastifyInstance): void {
  app.addHook('onRequest', (request, reply, done) => {
    const hosts = countHosts(request.raw.rawHeaders);
    if (hosts === 1 || (hosts === 0 && request.raw.httpVersion === '1.0')) {
      done();
      return;
    }
    reply.header('connection', 'close');
    done(
      new CdsError(
        'REQUEST_INVALID',
        hosts === 0 ? 'The Host header is missing.' : 'There is more than one Host header.',
      ),
    );
  });
}

/** @param raw names and values in turns */
function countHosts(raw: readonly string[]): number {
  let hosts = 0;
  for (let at = 0; at < raw.length; at += 2) if (raw[at]!.toLowerCase() === 'host') hosts += 1;
  return hosts;
}
