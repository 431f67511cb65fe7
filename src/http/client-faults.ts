import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { ErrorCode } from '../errors.js';
import { CdsError } from '../errors.js';
import { JSON_TYPE, outcomeBody } from './operation-outcome.js';

/** What Node could not read as HTTP, and the answer to it. */
const FAULTS: Readonly<Record<string, readonly [line: string, code: ErrorCode, sentence: string]>> = {
  HPE_HEADER_OVERFLOW: ['431 Request Header Fields Too Large', 'REQUEST_INVALID', 'The headers are too large.'],
  ERR_HTTP_REQUEST_TIMEOUT: ['408 Request Timeout', 'REQUEST_INVALID', 'The request took too long to arrive.'],
};

/** Answers bytes that are no HTTP request with an OperationOutcome and hangs up; the log gets nothing of them. */
export function answerClientFault(fault: Error & { code?: string }, socket: Socket): void {
  if (fault.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const [line, code, sentence] = FAULTS[fault.code ?? ''] ?? ['400 Bad Request', 'REQUEST_INVALID', 'This is no HTTP.'];
  const body = outcomeBody(new CdsError(code, sentence));
  socket.end(
    `HTTP/1.1 ${line}\r\nContent-Type: ${JSON_TYPE}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n` +
      `Connection: close\r\n\r\n${body}`,
    () => socket.destroy(),
  );
}

/**
 * Answers a call that expects something else than `100-continue`, and hangs up: its body is not read.
 * @source RFC 9110 section 10.1.1
 */
export function answerExpectation(_request: IncomingMessage, response: ServerResponse): void {
  const body = outcomeBody(new CdsError('REQUEST_INVALID', 'What the Expect header asks for is not given here.'));
  const length = Buffer.byteLength(body);
  response.writeHead(417, { 'Content-Type': JSON_TYPE, 'Content-Length': length, Connection: 'close' }).end(body);
}
