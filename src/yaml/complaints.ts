import { z } from 'zod';
import type { PathStep } from './document.js';

/** What a schema has against the value at a path, in words for the person who writes the file. */
export interface Complaint {
  readonly path: readonly PathStep[];
  readonly expected: string;
  /** Set when it is not simply the value at the path that was found. */
  readonly found?: string;
}

type Issue = z.core.$ZodIssue;

/** To parse with: what is said of an unknown key names the keys that there can be. */
export function keysKnown({ code, inst }: z.core.$ZodRawIssue): string | undefined {
  if (code !== 'unrecognized_keys') return undefined;
  return inst instanceof z.ZodObject
    ? `one of ${Object.keys(inst.shape).join(', ')}`
    : 'only keys that the format knows';
}

/** Every complaint that one schema issue stands for; an unknown key is one complaint per key. */
export function complaintsOf(issue: Issue, parent: readonly PathStep[] = []): readonly Complaint[] {
  const path = [...parent, ...issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step))];
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => ({
        path: [...path, key],
        found: 'an unknown key',
        expected: issue.message,
      }));
    case 'invalid_union':
      return ofUnion(issue, path);
    case 'invalid_key':
      return [{ path, found: 'a key of another form', expected: joined(issue.issues.map((inner) => wording(inner))) }];
    case 'invalid_element':
      return issue.issues.flatMap((inner) => complaintsOf(inner, path));
    default:
      return [{ path, expected: wording(issue) }];
  }
}

/** The branch of a union that came closest speaks for it; branches that all refuse the value itself speak together. */
function ofUnion(issue: Extract<Issue, { code: 'invalid_union' }>, path: readonly PathStep[]): readonly Complaint[] {
  const branches = issue.errors.filter((branch) => branch.length > 0);
  const first = branches[0];
  const { options } = issue as { readonly options?: readonly unknown[] };
  if (first === undefined) return [{ path, expected: options?.map(String).join(' | ') ?? wording(issue) }];
  const inside = branches.filter((branch) =>
    branch.some((inner) => inner.path.length > 0 || inner.code === 'unrecognized_keys'),
  );
  if (inside.length === 0) {
    return [{ path, expected: joined(branches.flatMap((branch) => branch.map((inner) => wording(inner)))) }];
  }
  const closest = inside.reduce((best, branch) => (branch.length < best.length ? branch : best));
  return closest.flatMap((inner) => complaintsOf(inner, path));
}

/** Types as one writes them in YAML. */
const TYPES: Readonly<Partial<Record<string, string>>> = {
  string: 'a text, in quotes',
  number: 'a number, without quotes',
  boolean: 'true or false',
  array: 'a list',
  object: 'keys with values',
};

function wording(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return TYPES[issue.expected] ?? `a value of type ${issue.expected}`;
    case 'invalid_value':
      return issue.values.map((value) => (typeof value === 'string' ? value : String(value))).join(' | ');
    case 'too_small':
      return `${issue.inclusive === false ? 'more than' : 'at least'} ${issue.minimum}${countedThing(issue.origin)}`;
    case 'too_big':
      return `${issue.inclusive === false ? 'less than' : 'at most'} ${issue.maximum}${countedThing(issue.origin)}`;
    case 'invalid_format':
      return issue.pattern === undefined ? `the form ${issue.format}` : `the form ${issue.pattern}`;
    case 'not_multiple_of':
      return `a multiple of ${issue.divisor}`;
    default:
      return issue.message;
  }
}

function countedThing(origin: string): string {
  if (origin === 'string') return ' characters';
  return origin === 'array' || origin === 'set' || origin === 'object' ? ' entries' : '';
}

function joined(parts: readonly string[]): string {
  return [...new Set(parts)].join(' or ');
}
