import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where `hooks/`, `cards/` and `package.json` stand, whether run from source or from the build. */
export const PACKAGE_ROOT = fileURLToPath(new URL('..', import.meta.url));

export const HOOKS_FOLDER = join(PACKAGE_ROOT, 'hooks');
export const CARDS_FOLDER = join(PACKAGE_ROOT, 'cards');

/** The version in `package.json`. */
export function packageVersion(): string {
  const { version } = JSON.parse(readFileSync(join(PACKAGE_ROOT, 'package.json'), 'utf8')) as { version: string };
  return version;
}
