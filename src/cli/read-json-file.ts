import { readFileSync } from 'node:fs';
import { CdsError } from '../errors.js';

/**
 * What a JSON file holds. Windows programs put a byte order mark before UTF-8; it is no part of the text. Bytes that are no
 * UTF-8 are refused, as in a call: a decoder would put a replacement character in the place of a datum.
 *
 * @throws REQUEST_INVALID when it is not in UTF-8
 * @throws SyntaxError when it is not JSON
 */
export function readJsonFile(file: string): unknown {
  return JSON.parse(decoded(readFileSync(file)));
}

function decoded(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new CdsError('REQUEST_INVALID', 'The file is not in UTF-8.', { cause });
  }
}
