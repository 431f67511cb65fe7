import type { IncomingMessage } from 'node:http';
import type { FastifyRequest } from 'fastify';
import { CdsError, RETRY_AFTER_SECONDS } from '../errors.js';

type Read = (error: Error | null, body: Buffer) => void;

/** Bytes of bodies that have not come to their end, of all connections together: slow senders could else fill the memory. */
export class ArrivingBytes {
  #held = 0;

  /** @param most how many may be held, in bytes */
  constructor(private readonly most: number) {}

  /** @returns false where that is too many */
  hold(bytes: number): boolean {
    if (this.#held + bytes > this.most) return false;
    this.#held += bytes;
    return true;
  }

  letGo(bytes: number): void {
    this.#held -= bytes;
  }
}

const NOTHING = Buffer.alloc(0);

/**
 * Gathers the bytes of a body, no more than the limit and as many as its header says.
 *
 * In place of the framework's own way, which copies a body that came in one piece, as most do, before it hands it on.
 * The body may only be looked at within the callback.
 *
 * @param limit in bytes
 */
export function readBody(
  request: FastifyRequest,
  payload: IncomingMessage,
  limit: number,
  arriving: ArrivingBytes,
  done: Read,
): void {
  const told = Number(request.headers['content-length']);
  if (told > limit) {
    done(tooLarge(), NOTHING);
    return;
  }
  const pieces: Buffer[] = [];
  let length = 0;

  const finish = (error: Error | null): void => {
    payload.removeListener('data', take);
    payload.removeListener('end', end);
    payload.removeListener('error', fail);
    payload.removeListener('close', close);
    arriving.letGo(length);
    if (error !== null) done(error, NOTHING);
    else done(null, pieces.length === 1 ? pieces[0]! : Buffer.concat(pieces, length));
  };
  const take = (piece: Buffer): void => {
    if (length + piece.length > limit) finish(tooLarge());
    else if (!arriving.hold(piece.length)) finish(tooMuchAtOnce());
    else {
      length += piece.length;
      pieces.push(piece);
    }
  };
  const end = (): void => {
    // Absent with chunked encoding.
    const whole = Number.isNaN(told) || length === told;
    finish(whole ? null : new CdsError('REQUEST_INVALID', 'The body is not as long as Content-Length says.'));
  };
  const fail = (cause: Error): void => {
    finish(new CdsError('REQUEST_INVALID', 'The request could not be read.', { cause }));
  };

  // A connection that is lost may say no more than this.
  const close = (): void => fail(new Error('closed'));

  payload.on('data', take);
  payload.on('end', end);
  payload.on('error', fail);
  payload.on('close', close);
  payload.resume();
}

function tooMuchAtOnce(): CdsError {
  return new CdsError('OVERLOADED', 'Too much is arriving at this service at once; try again later.', {
    retryAfterSeconds: RETRY_AFTER_SECONDS.load,
  });
}

function tooLarge(): CdsError {
  return new CdsError('BODY_TOO_LARGE', 'The body is larger than this service accepts.');
}
