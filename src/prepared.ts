import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

/**
 * What the build worked out from the data files, so that a start need not. Everything is kept by the whole text that it
 * was made from: a file or an expression that was changed since is simply not here, and is then read as ever.
 */
export interface Prepared {
  /** The fhirpath.js that made the trees; those of another are not used. */
  readonly fhirpath: string;
  /** Values of YAML documents with which nothing is wrong, by the SHA-256 of their text. */
  readonly documents: Readonly<Record<string, unknown>>;
  /** Parse trees by expression. */
  readonly trees: Readonly<Record<string, unknown>>;
}

/** Beside the built files; running from source there is none. */
export const PREPARED_FILE = new URL('./prepared.json', import.meta.url);

let known: Partial<Prepared> | undefined;

/** What was prepared; nothing of it when there is no such file or it cannot be read. */
export function prepared(): Partial<Prepared> {
  return (known ??= read());
}

/** Lets go of it once all data is loaded; whatever is read after that is parsed. */
export function releasePrepared(): void {
  known = {};
}

/** The key of a document. */
export function textHash(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}

function read(): Partial<Prepared> {
  try {
    return JSON.parse(readFileSync(PREPARED_FILE, 'utf8')) as Prepared;
  } catch {
    return {};
  }
}
