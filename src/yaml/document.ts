/** One step into a YAML document: a key of a map or an index of a list. */
export type PathStep = string | number;

/** A place in a text file; both count from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** One thing that is wrong with a data file, with the place where a person can repair it. */
export interface Finding extends Position {
  readonly file: string;
  /** Path of the key, for example `scores[0].min`; `(document)` for the whole file. */
  readonly key: string;
  readonly found: string;
  readonly expected: string;
}

/** A YAML file that was read, with the place of everything in it. */
export interface YamlDocument {
  readonly file: string;
  /** Plain JSON values; nothing when the text is not YAML at all. */
  readonly value: unknown;
  /** The place of the key (or list entry) that a path names; of its nearest parent when there is no such key. */
  position(path: readonly PathStep[]): Position;
  /** What is wrong with the YAML itself: its first error of syntax, or duplicate keys and unknown tags. */
  readonly findings: readonly Finding[];
}
