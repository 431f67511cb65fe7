import { isObject } from './json-object.js';

/** A FHIR R4 resource as it came in: only `resourceType` is certain, everything else is read with care. */
export interface Resource {
  readonly resourceType: string;
  readonly id?: string;
  readonly [element: string]: unknown;
}

/** Whether a value can be read as a resource at all. */
export function isResource(value: unknown): value is Resource {
  return isObject(value) && typeof value['resourceType'] === 'string' && value['resourceType'] !== '';
}

/** `Type/id` of a resource, or nothing when it has no id. */
export function referenceTo(resource: Resource): string | undefined {
  return typeof resource.id === 'string' && resource.id !== '' ? `${resource.resourceType}/${resource.id}` : undefined;
}

/** What a Reference element refers to, as it is written there; nothing where that is no text. */
export function referenceIn(element: unknown): string | undefined {
  const reference = isObject(element) ? element['reference'] : undefined;
  return typeof reference === 'string' ? reference : undefined;
}
