import { FORMS, LONGEST_LIST } from './hook-request.js';
import { isObject, type Json } from './json-object.js';
import type { HookName } from './service.js';
import { isHttpUrl } from './url.js';

/**
 * Whether a parsed body fits its hook: exactly when the schema of that hook has nothing to say against it.
 *
 * The schemas make a copy and a list of faults; nearly every call has none, and this only looks. A test holds the two
 * to the same answers.
 */
export function fitsHook(hook: HookName, body: unknown): boolean {
  return (
    isObject(body) &&
    body['hook'] === hook &&
    fits(FORMS.uuid, body['hookInstance']) &&
    isContext(hook, body['context']) &&
    (!has(body, 'fhirServer') || isServer(body['fhirServer'])) &&
    (!has(body, 'fhirAuthorization') || isBearer(body['fhirAuthorization'])) &&
    (!has(body, 'prefetch') || isObject(body['prefetch'])) &&
    (!has(body, 'extension') || isObject(body['extension']))
  );
}

function isContext(hook: HookName, context: unknown): boolean {
  return (
    isObject(context) &&
    fits(FORMS.userId, context['userId']) &&
    fits(FORMS.plainId, context['patientId']) &&
    (!has(context, 'encounterId') || fits(FORMS.plainId, context['encounterId'])) &&
    (hook !== 'order-select' || isSelections(context['selections'])) &&
    (hook === 'patient-view' || isDraftOrders(context['draftOrders']))
  );
}

function isSelections(value: unknown): boolean {
  return isList(value) && value.every((selection) => fits(FORMS.selection, selection));
}

function isDraftOrders(value: unknown): boolean {
  if (!isObject(value) || value['resourceType'] !== 'Bundle') return false;
  if (!has(value, 'entry')) return true;
  const entries = value['entry'];
  return isList(entries) && entries.every(isEntry);
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value) && value.length <= LONGEST_LIST;
}

function isEntry(entry: unknown): boolean {
  if (!isObject(entry)) return false;
  if (!has(entry, 'resource')) return true;
  const resource = entry['resource'];
  return isObject(resource) && fits(FORMS.resourceType, resource['resourceType']);
}

function isServer(value: unknown): boolean {
  return typeof value === 'string' && isHttpUrl(value);
}

function isBearer(value: unknown): boolean {
  return (
    isObject(value) &&
    fits(FORMS.token, value['access_token']) &&
    value['token_type'] === 'Bearer' &&
    Number.isSafeInteger(value['expires_in']) &&
    typeof value['scope'] === 'string' &&
    fits(FORMS.notBlank, value['subject']) &&
    (!has(value, 'patient') || fits(FORMS.plainId, value['patient']))
  );
}

/** JSON has no `undefined`: what is there has a value. */
function has(object: Json, key: string): boolean {
  return object[key] !== undefined;
}

function fits(form: RegExp, value: unknown): boolean {
  return typeof value === 'string' && form.test(value);
}
