import { mkdir, open, stat } from 'node:fs/promises';
import path from 'node:path';
import { failureCode } from './failure.js';

/**
 * Makes a folder for the owner alone, and those above it that are not there.
 *
 * One by one: Node's own way goes round for ever where a folder is there and takes none, as `/proc`.
 */
export async function makeFolder(folder: string): Promise<void> {
  try {
    await makeOne(folder);
  } catch (error) {
    const above = path.dirname(folder);
    if (failureCode(error) !== 'ENOENT' || above === folder) throw error;
    await makeFolder(above);
    await makeOne(folder);
  }
}

/** What is there and is no folder shows itself when something is put into it. */
async function makeOne(folder: string): Promise<void> {
  try {
    await mkdir(folder, { mode: 0o700 });
  } catch (error) {
    if (failureCode(error) !== 'EEXIST') throw error;
  }
}

/**
 * Makes sure of a file for the owner alone.
 *
 * @returns a check that it is that very file which still stands there: what is written to one that was removed is lost
 */
export async function claimFile(file: string): Promise<() => Promise<void>> {
  await (await open(file, 'a', 0o600)).close();
  const { dev, ino } = await stat(file);
  return async () => {
    const now = await stat(file).catch(() => undefined);
    if (now?.dev !== dev || now.ino !== ino)
      throw Object.assign(new Error('no such file'), { code: 'STORE_FILE_GONE' });
  };
}
