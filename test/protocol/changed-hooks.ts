import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { newFolder } from '../new-folder.js';

/** A piece of text in a file under `hooks/` that is to be another. */
export interface Change {
  readonly file: string;
  readonly from: string | RegExp;
  readonly to: string;
}

/**
 * A copy of `hooks/` with some changes; it is gone after the tests of the file.
 *
 * @param parts files and folders that are copied; all of them when left out
 */
export function changedHooks(changes: readonly Change[], parts: readonly string[] = ['.']): string {
  const folder = newFolder();
  for (const part of parts) cpSync(join('hooks', part), join(folder, part), { recursive: true });
  for (const { file, from, to } of changes) {
    const text = readFileSync(join(folder, file), 'utf8');
    const changed = text.replace(from, to);
    if (changed === text) throw new Error(`${file} does not hold ${String(from)}`);
    writeFileSync(join(folder, file), changed);
  }
  return folder;
}
