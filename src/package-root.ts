import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Where `hooks/`, `cards/` and `package.json` stand, whether run from source or from the build. */
export const PACKAGE_ROOT = rootAbove(import.meta.dirname);

export const HOOKS_FOLDER = join(PACKAGE_ROOT, 'hooks');
export const CARDS_FOLDER = join(PACKAGE_ROOT, 'cards');

/** The version in `package.json`. */
export function packageVersion(): string {
  const { version } = JSON.parse(readFileSync(join(PACKAGE_ROOT, 'package.json'), 'utf8')) as { version: string };
  return version;
}

/** The nearest folder with a `package.json`: the build has fewer levels of folders than the source. */
function rootAbove(folder: string): string {
  return existsSync(join(folder, 'package.json')) ? folder : rootAbove(dirname(folder));
}
