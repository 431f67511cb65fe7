import { CdsError, type RequestIssue } from '../errors.js';
import { faultsOf } from './faults.js';
import { fitsHook } from './fits-hook.js';
import { type HookRequest, hookRequestSchemas } from './hook-request.js';
import { isObject } from './json-object.js';
import type { HookName } from './service.js';

/**
 * Checks the body of a call against the hook of its service.
 *
 * @returns the same object, untouched
 * @throws REQUEST_INVALID with every fault at once (where, and what was expected; never the value)
 * @throws HOOK_MISMATCH when `hook` is a hook, but not that of this service
 */
export function readHookRequest(hook: HookName, body: unknown): HookRequest {
  if (!isObject(body)) throw invalid([{ path: '', expected: 'a JSON object' }]);
  const { hook: told } = body;
  if (typeof told === 'string' && told !== '' && told !== hook) {
    throw new CdsError('HOOK_MISMATCH', 'The hook of this call is not the hook of this service.', {
      issues: [{ path: 'hook', expected: hook }],
    });
  }
  const issues = told === hook && fitsHook(hook, body) ? [] : faultsOf(hookRequestSchemas[hook], body);
  if (Object.hasOwn(body, 'fhirAuthorization') && !Object.hasOwn(body, 'fhirServer')) {
    issues.push({ path: 'fhirServer', expected: 'required beside fhirAuthorization' });
  }
  if (issues.length > 0) throw invalid(issues);
  return body as HookRequest;
}

function invalid(issues: readonly RequestIssue[]): CdsError {
  return new CdsError('REQUEST_INVALID', 'The request is not a valid CDS Hooks call.', { issues });
}
