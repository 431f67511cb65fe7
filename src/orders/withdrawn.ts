import type { Resource } from '../schemas/resource.js';

/** Statuses of a request that was never meant, or is no longer. */
const WITHDRAWN: ReadonlySet<unknown> = new Set(['entered-in-error', 'revoked']);

/**
 * Whether a ServiceRequest asks for nothing: entered in error, revoked, or asking that something is not done. One that was
 * carried out was a request all the same.
 *
 * @source https://hl7.org/fhir/R4/servicerequest-definitions.html#ServiceRequest.doNotPerform
 */
export function isWithdrawn(request: Resource): boolean {
  return WITHDRAWN.has(request['status']) || request['doNotPerform'] === true;
}
