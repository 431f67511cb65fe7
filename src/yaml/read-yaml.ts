import { createRequire } from 'node:module';
import type * as Yaml from 'yaml';
import { prepared, textHash } from '../prepared.js';
import type { Finding, PathStep, Position, YamlDocument } from './document.js';

export type { YamlDocument } from './document.js';

/**
 * Reads one YAML 1.2 document under the core schema: numbers, booleans and null are parsed, a date stays the string
 * that was written, `yes` and `no` are strings. A key that stands twice in one map is a finding, also when it is
 * written once as a number and once as a string. Anchors and aliases are allowed, merge keys (`<<`) are ordinary keys.
 *
 * A text that the build has read before is not parsed again, unless a place in it is asked for.
 *
 * @param file name to show in findings
 * @returns always a document; what is wrong stands in `findings`, of errors of syntax the first
 */
export function readYaml(file: string, text: string): YamlDocument {
  const { value, findings } = readBefore(text) ?? parseText(file, text);
  // The nodes with their places weigh far more than the text, and are needed only when something is wrong.
  let places: Parsed['position'] | undefined;
  return { file, value, findings, position: (path) => (places ??= parseText(file, text).position)(path) };
}

type Parsed = Omit<YamlDocument, 'file'>;

const require = createRequire(import.meta.url);

/** Its 74 files are loaded with the first text that is not prepared: most starts of the built service meet none. */
const parser = (): typeof Yaml => require('yaml') as typeof Yaml;

/** What an empty document reads as. */
const NOTHING = { value: null, findings: [] } as const;

function readBefore(text: string): Pick<Parsed, 'value' | 'findings'> | undefined {
  if (text === '') return NOTHING;
  const { documents } = prepared();
  if (documents === undefined) return undefined;
  const hash = textHash(text);
  return Object.hasOwn(documents, hash) ? { value: documents[hash], findings: [] } : undefined;
}

function parseText(file: string, text: string): Parsed {
  const { isScalar, LineCounter, parseDocument } = parser();
  const lines = new LineCounter();
  const document = parseDocument(text, {
    version: '1.2',
    schema: 'core',
    lineCounter: lines,
    prettyErrors: false,
    uniqueKeys: (a, b) => isScalar(a) && isScalar(b) && String(a.value) === String(b.value),
  });
  const placeOf = (offset: number): Position => {
    const place = lines.linePos(offset);
    return { line: Math.max(place.line, 1), column: Math.max(place.col, 1) };
  };
  // Behind an error of syntax the text is read otherwise than it was meant: what is found there is none of its own.
  const wrong = document.errors.find(({ code }) => code !== 'DUPLICATE_KEY');
  const problems = wrong === undefined ? [...document.errors, ...document.warnings] : [wrong];
  const findings: Finding[] = problems.map((problem) => ({
    file,
    ...placeOf(problem.pos[0]),
    key: '(document)',
    found: problem.code === 'DUPLICATE_KEY' ? `${keyAt(text, problem.pos[0])} again` : problem.message,
    expected: problem.code === 'DUPLICATE_KEY' ? 'every key once' : 'valid YAML 1.2 of one document',
  }));

  let value: unknown;
  if (wrong === undefined) {
    try {
      value = document.toJS();
    } catch (cause) {
      const found = cause instanceof Error ? cause.message : String(cause);
      findings.push({ file, line: 1, column: 1, key: '(document)', found, expected: 'aliases that name an anchor' });
    }
  }

  return { value, findings, position: (path) => placeOf(offsetAt(document, path)) };
}

/** Where the key (or list entry) that a path names begins, or its nearest parent. */
function offsetAt(document: Yaml.Document, path: readonly PathStep[]): number {
  const { isAlias, isMap, isScalar, isSeq } = parser();
  const follow = (node: unknown): unknown => (isAlias(node) ? node.resolve(document) : node);
  let node: unknown = follow(document.contents);
  let offset = offsetOf(node) ?? 0;
  for (const step of path) {
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(step));
      if (pair === undefined) break;
      offset = offsetOf(pair.key) ?? offset;
      node = follow(pair.value);
    } else if (isSeq(node)) {
      const entry = node.items[Number(step)];
      if (entry === undefined) break;
      offset = offsetOf(entry) ?? offset;
      node = follow(entry);
    } else break;
  }
  return offset;
}

function offsetOf(node: unknown): number | undefined {
  return (node as Yaml.Node | null | undefined)?.range?.[0];
}

/** The key that begins at an offset, as it is written. */
function keyAt(text: string, offset: number): string {
  return /^(?:"[^"\n]*"|'[^'\n]*'|[^:\n]+)/.exec(text.slice(offset))?.[0].trim() ?? '';
}
