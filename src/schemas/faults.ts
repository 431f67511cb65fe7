import type { z } from 'zod';
import { MAX_ISSUES, type RequestIssue } from '../errors.js';

/** What a schema has against the body of a call, the first 50 faults: where, and what was expected; never the value. */
export function faultsOf(schema: z.ZodType, body: unknown): RequestIssue[] {
  const checked = schema.safeParse(body, { error: inOurWords });
  return checked.success ? [] : checked.error.issues.slice(0, MAX_ISSUES).map(toRequestIssue);
}

/** The schemas name every key they check, so a path never holds a key that came from the caller. */
function toRequestIssue(issue: z.core.$ZodIssue): RequestIssue {
  const path = issue.path
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
    .join('')
    .replace(/^\./, '');
  return { path, expected: issue.message };
}

const KINDS: Readonly<Record<string, string>> = {
  array: 'a list',
  object: 'an object',
  string: 'a text',
  number: 'a number',
  boolean: 'true or false',
};

/** What was expected, for the places where a schema has no words of its own. */
const inOurWords: z.core.$ZodErrorMap = (issue) => {
  if (issue.code === 'invalid_type') return KINDS[issue.expected] ?? issue.expected;
  if (issue.code === 'too_small')
    return issue.origin === 'array' ? 'a list that is not empty' : 'a text that is not empty';
  return undefined;
};
