import type { Readable } from 'node:stream';
import { extentFault } from '../schemas/json-extent.js';

/** How much may still be received; shared by all answers to one hook call, which lower `totalBytes`. */
export interface ByteBudget {
  totalBytes: number;
  /** Bytes of the answers that were read to their end and are JSON. */
  readBytes: number;
}

/**
 * Reads a JSON body within its budget. Bytes are counted as they come, so a missing or false Content-Length does not
 * matter. Errors of the connection are thrown; everything that is wrong with the content is a cause.
 */
export async function readAnswerBody(
  body: Readable,
  contentType: string | string[] | undefined,
  budget: ByteBudget,
): Promise<{ readonly value: unknown } | { readonly cause: string }> {
  if (typeof contentType === 'string' && !/json/i.test(contentType)) {
    discard(body);
    return { cause: 'not-json' };
  }
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of body as AsyncIterable<Buffer>) {
    bytes += part.length;
    budget.totalBytes -= part.length;
    if (budget.totalBytes < 0) {
      discard(body);
      return { cause: 'too-large' };
    }
    parts.push(part);
  }
  const whole = Buffer.concat(parts);
  const fault = extentFault(whole, 0);
  if (fault !== undefined) return { cause: fault };
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(whole);
    const value = JSON.parse(text) as unknown;
    budget.readBytes += bytes;
    return { value };
  } catch {
    return { cause: 'broken-json' };
  }
}

/** Closes the connection; the error that this raises on the stream says nothing new. */
export function discard(body: Readable): void {
  body.on('error', () => undefined);
  body.destroy();
}
