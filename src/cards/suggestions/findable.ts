import { nameIn } from '../../record/containers.js';
import { isFhirId } from '../../schemas/fhir-id.js';
import type { GatheredRecord } from '../../schemas/record.js';
import type { Resource } from '../../schemas/resource.js';

const TYPE = /^[A-Z][A-Za-z]*$/;

/** Whether an EHR that is given this reference finds one resource by it, and the one that is meant: `Type/id` as FHIR allows it. */
export function isFindable(reference: string, record: Pick<GatheredRecord, 'meansOne'>): boolean {
  const [type = '', id, ...more] = reference.split('/');
  return TYPE.test(type) && isFhirId(id) && more.length === 0 && record.meansOne?.(reference) !== false;
}

/**
 * `Type/id` by which an action or another resource can name a resource.
 *
 * @returns nothing for one that the EHR would not find by it: without an id, with one that is none, contained in another, or of a name that
 *   two have
 */
export function findableName(
  resource: Resource,
  record: Pick<GatheredRecord, 'meansOne' | 'containerOf'>,
): string | undefined {
  const name = nameIn(record, resource);
  return isFindable(name, record) ? name : undefined;
}
