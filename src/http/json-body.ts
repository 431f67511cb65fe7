import { isUtf8 } from 'node:buffer';
import type { FastifyInstance } from 'fastify';
import { CdsError } from '../errors.js';

/**
 * The only body that is read: `application/json` in UTF-8.
 *
 * Keys that could change prototypes are refused, as are bytes that are no UTF-8: a decoder would put a replacement
 * character in the place of a datum that it could not read.
 * @source RFC 8259 section 8.1
 */
export function readJsonBodies(app: FastifyInstance): void {
  const parseSecurely = app.getDefaultJsonParser('error', 'error');
  app.removeAllContentTypeParsers();
  app.addContentTypeParser<Buffer>('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    if (!isUtf8(body)) {
      done(new CdsError('REQUEST_INVALID', 'The body is not in UTF-8.'));
      return;
    }
    void parseSecurely(request, body.toString('utf8'), done);
  });
}
