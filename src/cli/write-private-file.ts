import { closeSync, constants, fchmodSync, fstatSync, ftruncateSync, openSync, writeFileSync } from 'node:fs';

/**
 * Writes a file that only its owner can read, from before the first byte and also where it was there already.
 *
 * @throws what the file system threw
 */
export function writePrivateFile(file: string, text: string): void {
  const opened = openSync(file, constants.O_WRONLY | constants.O_CREAT, 0o600);
  try {
    // A device or a pipe keeps the rights that it has for everybody else.
    if (fstatSync(opened).isFile()) {
      fchmodSync(opened, 0o600);
      ftruncateSync(opened);
    }
    writeFileSync(opened, text);
  } finally {
    closeSync(opened);
  }
}
