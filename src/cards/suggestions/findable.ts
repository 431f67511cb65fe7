import { nameIn } from '../../record/containers.js';
import { FHIR_ID } from '../../schemas/fhir-id.js';
import type { GatheredRecord } from '../../schemas/record.js';
import type { Resource } from '../../schemas/resource.js';

/** `.` and `..` are in the grammar of an id but are path segments with a meaning of their own. */
const NAME = new RegExp(`^[A-Z][A-Za-z]*/(?!\\.{1,2}$)${FHIR_ID}$`);

/** Whether an EHR that is given this reference finds one resource by it, and the one that is meant: `Type/id` as FHIR allows it. */
export function isFindable(reference: string, record: Pick<GatheredRecord, 'meansOne'>): boolean {
  return NAME.test(reference) && record.meansOne?.(reference) !== false;
}

/**
 * What a resource of the record refers to, as it can be said to the EHR of the call. An absolute reference means the same wherever it stands. A
 * relative one is to the server of its resource: where that may be another one, the EHR would find a namesake.
 *
 * @returns nothing for those, and for what means nothing outside (`#…`, `urn:…`) or is no reference
 */
export function findableFrom(
  resource: Resource,
  reference: string | undefined,
  record: Pick<GatheredRecord, 'oneServer' | 'meansOne' | 'containerOf'>,
): string | undefined {
  if (reference === undefined) return undefined;
  if (/^https?:\/\//.test(reference)) return reference;
  if (!NAME.test(reference)) return undefined;
  return record.oneServer !== false || findableName(resource, record) !== undefined ? reference : undefined;
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
