import { readFileSync } from 'node:fs';

/**
 * What a JSON file holds. Windows programs put a byte order mark before UTF-8; it is no part of the text.
 *
 * @throws SyntaxError when it is not JSON
 */
export function readJsonFile(file: string): unknown {
  return JSON.parse(readFileSync(file, 'utf8').replace(/^\uFEFF/, ''));
}
