import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { CdsError } from '../../errors.js';
import type { Log } from '../../schemas/log.js';
import { JSON_TYPE, outcomeBody } from '../operation-outcome.js';
import { notFound, toCdsError, traceOf } from '../thrown.js';

/**
 * Answers every error, wherever it was thrown, with an OperationOutcome.
 *
 * Must be registered after the response headers and before the routes, whose methods it remembers for 405.
 */
export function answerErrors(app: FastifyInstance, log: Log): void {
  const methodsOf = rememberMethods(app);

  // Before the body is read: what is not there needs no parsing.
  app.addHook('onRequest', (request, reply, done) => {
    if (!request.is404) {
      done();
      return;
    }
    const path = request.url.split(/[?#]/, 1)[0] ?? '';
    const methods = methodsOf(path);
    if (methods !== undefined) {
      reply.header('allow', methods);
      done(new CdsError('METHOD_NOT_ALLOWED', 'This address does not answer to that method.'));
      return;
    }
    done(
      path.startsWith('/cds-services/')
        ? new CdsError(
            'SERVICE_NOT_FOUND',
            'There is no CDS service at this address; /cds-services, without a slash behind it, lists them.',
          )
        : notFound(),
    );
  });

  const answer = answerErrorWith(log);
  app.setErrorHandler((thrown, request, reply) => answer(thrown, request, reply));
  // Reached by routes that look for a file and find none.
  app.setNotFoundHandler((request, reply) => answer(notFound(), request, reply));
}

/** Sends the answer to an error, and logs what may be kept of it. */
export function answerErrorWith(log: Log) {
  return (thrown: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const error = noteError(log, thrown, request);
    if (error.retryAfterSeconds !== undefined) reply.header('retry-after', String(error.retryAfterSeconds));
    if (error.status === 401) reply.header('www-authenticate', 'Bearer');
    // The framework ends the connection, which a client that is still sending sees in place of the answer. What it sends is passed over.
    if (error.code === 'BODY_TOO_LARGE') reply.header('connection', 'keep-alive');
    return reply.code(error.status).header('content-type', JSON_TYPE).send(outcomeBody(error));
  };
}

/** What was thrown as an error of ours; logs what may be kept of it, and has the line of the answer name its code. */
export function noteError(log: Log, thrown: unknown, request: FastifyRequest): CdsError {
  const error = toCdsError(thrown);
  request.errorCode = error.code;
  if (error.detail !== undefined || error.cause !== undefined || error.status >= 500) {
    const fields = {
      requestId: request.id,
      code: error.code,
      ...(error.detail === undefined ? {} : { detail: error.detail }),
      ...(error.cause === undefined ? {} : { cause: traceOf(error.cause) }),
    };
    if (error.status >= 500) log.error(fields, 'request failed');
    else log.warn(fields, 'request refused');
  }
  return error;
}

function rememberMethods(app: FastifyInstance): (path: string) => string | undefined {
  const methods = new Map<string, Set<string>>();
  app.addHook('onRoute', ({ url, method }) => {
    if (url === '*') return;
    const known = methods.get(url) ?? new Set<string>();
    for (const name of [method].flat()) known.add(name);
    methods.set(url, known);
  });
  return (path) => {
    const fits = (url: string): boolean => url.includes(PARAMETER) && isOfForm(path, url);
    const known = methods.get(path) ?? methods.get([...methods.keys()].find(fits) ?? path);
    return known === undefined ? undefined : [...known].sort().join(', ');
  };
}

/** What a segment of a route begins with that stands for any one segment of an address. */
const PARAMETER = '/:';

function isOfForm(path: string, url: string): boolean {
  const [given, form] = [path.split('/'), url.split('/')];
  return (
    given.length === form.length &&
    form.every((segment, at) => (segment.startsWith(':') ? given[at] !== '' : given[at] === segment))
  );
}
