import type { z } from 'zod';
import { CdsError, MAX_ISSUES, type RequestIssue } from '../errors.js';
import { fitsHook } from './fits-hook.js';
import { type HookRequest, hookRequestSchemas } from './hook-request.js';
import type { HookName } from './service.js';

/**
 * Checks the body of a call against the hook of its service.
 *
 * @returns the same object, untouched
 * @throws REQUEST_INVALID with every fault at once (where, and what was expected; never the value)
 * @throws HOOK_MISMATCH when `hook` is a hook, but not that of this service
 */
export function readHookRequest(hook: HookName, body: unknown): HookRequest {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw invalid([{ path: '', expected: 'a JSON object' }]);
  }
  const { hook: told } = body as { hook?: unknown };
  if (typeof told === 'string' && told !== '' && told !== hook) {
    throw new CdsError('HOOK_MISMATCH', 'The hook of this call is not the hook of this service.', {
      issues: [{ path: 'hook', expected: hook }],
    });
  }
  const issues = told === hook && fitsHook(hook, body) ? [] : faults(hook, body);
  if (Object.hasOwn(body, 'fhirAuthorization') && !Object.hasOwn(body, 'fhirServer')) {
    issues.push({ path: 'fhirServer', expected: 'required beside fhirAuthorization' });
  }
  if (issues.length > 0) throw invalid(issues);
  return body as HookRequest;
}

function faults(hook: HookName, body: unknown): RequestIssue[] {
  const checked = hookRequestSchemas[hook].safeParse(body, { error: inOurWords });
  return checked.success ? [] : checked.error.issues.slice(0, MAX_ISSUES).map(toRequestIssue);
}

function invalid(issues: readonly RequestIssue[]): CdsError {
  return new CdsError('REQUEST_INVALID', 'The request is not a valid CDS Hooks call.', { issues });
}

/** The schemas name every key they check, so a path never holds a key that came from the caller. */
export function toRequestIssue(issue: z.core.$ZodIssue): RequestIssue {
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
export const inOurWords: z.core.$ZodErrorMap = (issue) => {
  if (issue.code === 'invalid_type') return KINDS[issue.expected] ?? issue.expected;
  if (issue.code === 'too_small')
    return issue.origin === 'array' ? 'a list that is not empty' : 'a text that is not empty';
  return undefined;
};
