import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { CdsError } from '../errors.js';
import type { AppParts } from './app-parts.js';
import { JSON_TYPE, outcomeBody } from './operation-outcome.js';
import { originHeaders } from './plugins/cors.js';
import { headersOfEvery } from './plugins/response-headers.js';

type FaultParts = Pick<AppParts, 'settings' | 'newId' | 'log'>;

const CONNECT = 'CONNECT';

/** What Node could not read as HTTP, and the answer to it. */
const FAULTS: Readonly<Record<string, readonly [status: number, line: string, sentence: string]>> = {
  HPE_HEADER_OVERFLOW: [431, 'Request Header Fields Too Large', 'The headers are too large.'],
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'Request Timeout', 'The request took too long to arrive.'],
  [CONNECT]: [400, 'Bad Request', 'This service is no proxy.'],
};
const NO_HTTP = [400, 'Bad Request', 'This is no HTTP.'] as const;

/**
 * Answers bytes that are no HTTP request with an OperationOutcome and hangs up; the log gets nothing of them. Whether they
 * came from a browser cannot be told.
 */
export function answerClientFaults(parts: FaultParts) {
  return (fault: Error & { code?: string }, socket: Duplex): void => {
    if (fault.code === 'ECONNRESET' || !socket.writable) {
      socket.destroy();
      return;
    }
    const [status, line, sentence] = FAULTS[fault.code ?? ''] ?? NO_HTTP;
    const { headers, body } = answer(sentence, status, undefined, parts);
    const head = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
    socket.end(`HTTP/1.1 ${status} ${line}\r\n${head.join('')}\r\n${body}`, () => socket.destroy());
  };
}

/** Answers who takes this service for a proxy; Node would hang up without a word. */
export function answerConnect(parts: FaultParts) {
  const answerFault = answerClientFaults(parts);
  return (_request: IncomingMessage, socket: Duplex): void => {
    // Node has let go of it: an error that nobody listens for would end the process.
    socket.on('error', () => socket.destroy());
    answerFault(Object.assign(new Error('a CONNECT request'), { code: CONNECT }), socket);
  };
}

/**
 * Answers a call that expects something else than `100-continue`, and hangs up: its body is not read.
 * @source RFC 9110 section 10.1.1
 */
export function answerExpectations(parts: FaultParts) {
  return (request: IncomingMessage, response: ServerResponse): void => {
    const sentence = 'What the Expect header asks for is not given here.';
    const { headers, body } = answer(sentence, 417, request.headers.origin, parts);
    response.writeHead(417, headers).end(body);
  };
}

/** An answer as every other is, headers and line of the log included; no hook sees these. */
function answer(
  sentence: string,
  status: number,
  origin: string | undefined,
  { settings, newId, log }: FaultParts,
): { readonly headers: Readonly<Record<string, string>>; readonly body: string } {
  const error = new CdsError('REQUEST_INVALID', sentence);
  const body = outcomeBody(error);
  const requestId = newId();
  log.info({ requestId, status, code: error.code }, 'answered');
  const headers = {
    ...headersOfEvery(requestId, settings),
    ...originHeaders(origin, settings.corsOrigins),
    'content-type': JSON_TYPE,
    'content-length': String(Buffer.byteLength(body)),
    connection: 'close',
  };
  return { headers, body };
}
