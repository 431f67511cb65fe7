import type { ZodType } from 'zod';
import type { Finding, PathStep, YamlDocument } from './document.js';
import { type Complaint, complaintsOf, keysKnown } from './complaints.js';

export type { Finding } from './document.js';

/** What a schema made of a document: the value when there was nothing to find, and everything that was found. */
export interface Validated<T> {
  readonly value?: T;
  readonly findings: readonly Finding[];
}

/** `file:line:column key: found …; expected …`, one line. */
export function formatFinding(finding: Finding): string {
  const place = `${finding.file}:${finding.line}:${finding.column}`;
  return `${place} ${finding.key}: found ${finding.found}; expected ${finding.expected}`.replaceAll(/\s*\n\s*/g, ' ');
}

/** A finding of one's own about the key at `path`, for checks that a schema cannot express. */
export function findingAt(document: YamlDocument, path: readonly PathStep[], found: string, expected: string): Finding {
  return { file: document.file, ...document.position(path), key: keyName(path), found, expected };
}

/** A finding about a whole file or folder, or about what it does not hold; it has no place other than its begin. */
export function findingOfFile(file: string, path: readonly PathStep[], found: string, expected: string): Finding {
  return { file, line: 1, column: 1, key: keyName(path), found, expected };
}

/**
 * Checks a document against a schema and gives all findings at once: those of the YAML itself, and one for every
 * thing that the schema refuses, each at the line of its key (of its parent when the key is missing).
 *
 * @returns `value` only when there are no findings at all
 */
export function validate<T>(schema: ZodType<T>, document: YamlDocument): Validated<T> {
  if (document.value === undefined && document.findings.length > 0) return { findings: document.findings };
  const outcome = schema.safeParse(document.value, { error: keysKnown });
  const complaints: readonly Complaint[] = outcome.success
    ? []
    : outcome.error.issues.flatMap((issue) => complaintsOf(issue));
  const findings = [
    ...document.findings,
    ...complaints.map(({ path, expected, found }) =>
      findingAt(document, path, found ?? describe(valueAt(document.value, path)), expected),
    ),
  ];
  return outcome.success && findings.length === 0 ? { value: outcome.data, findings } : { findings };
}

/** `scores[0].min` for the path `['scores', 0, 'min']`. */
export function keyName(path: readonly PathStep[]): string {
  const name = path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`)).join('');
  return name === '' ? '(document)' : name.replace(/^\./, '');
}

function valueAt(value: unknown, path: readonly PathStep[]): unknown {
  return path.reduce<unknown>(
    (inner, step) =>
      typeof inner === 'object' && inner !== null && Object.hasOwn(inner, step)
        ? (inner as Record<PathStep, unknown>)[step]
        : undefined,
    value,
  );
}

function describe(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'an empty value';
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === 'object') return 'a map';
  const text = typeof value === 'string' ? JSON.stringify(value) : String(value);
  return text.length <= 80 ? text : `${text.slice(0, 77)}...`;
}
