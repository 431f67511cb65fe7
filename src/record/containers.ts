import { isObject } from '../schemas/json-object.js';
import type { GatheredRecord } from '../schemas/record.js';
import { referenceTo, type Resource } from '../schemas/resource.js';

/** What these resources contain, each with the resource that it lies in. */
export function containersIn(resources: readonly Resource[]): ReadonlyMap<object, Resource> {
  const containers = new Map<object, Resource>();
  for (const resource of resources) {
    const contained = resource['contained'];
    if (!Array.isArray(contained)) continue;
    for (const each of contained as readonly unknown[]) if (isObject(each)) containers.set(each, resource);
  }
  return containers;
}

/**
 * How a resource of a record is named: `Type/id`, or its type where it has no id. One that is contained is nothing outside its
 * container, and is named as a part of that: `Type/id#id`.
 */
export function nameIn(record: Pick<GatheredRecord, 'containerOf'>, resource: Resource): string {
  const container = record.containerOf?.(resource);
  return container === undefined ? nameOf(resource) : `${nameOf(container)}#${resource.id}`;
}

function nameOf(resource: Resource): string {
  return referenceTo(resource) ?? resource.resourceType;
}
