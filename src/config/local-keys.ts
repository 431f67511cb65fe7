import { type PublicJwk, readJwkSet } from '../schemas/jwk.js';
import type { LocalKeys } from './clients-file.js';
import type { ReadFile } from './read-settings.js';

/**
 * Reads a JWK Set that stands in the clients file or in a file of its own. Keys for other uses are left out silently;
 * a key that should have worked and cannot is a complaint, and so is private key material.
 */
export function readLocalKeys(
  given: LocalKeys,
  readFile: ReadFile,
  complain: (found: string, expected: string) => void,
): readonly PublicJwk[] {
  const value = typeof given === 'string' ? parsedFile(given, readFile) : given;
  if (value === undefined) {
    complain('a path', 'the path of a JSON file that can be read');
    return [];
  }
  const set = readJwkSet(value);
  if (set === undefined) {
    complain('another form', 'a JWK Set: {"keys": [...]} with 1 to 100 keys');
    return [];
  }
  const broken = set.refused.filter(({ reason }) => !reason.startsWith('not meant for'));
  for (const { index, reason } of broken)
    complain(
      `key ${index} of the set: ${reason}`,
      'public EC, RSA or Ed25519 signing keys, each with a kid of its own',
    );
  if (set.keys.length === 0 && broken.length === 0) complain('no signing key', 'at least one public signing key');
  return set.keys;
}

function parsedFile(path: string, readFile: ReadFile): unknown {
  try {
    return JSON.parse(readFile(path)) as unknown;
  } catch {
    return undefined;
  }
}
