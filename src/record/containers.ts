import { isObject } from '../schemas/json-object.js';
import type { GatheredRecord } from '../schemas/record.js';
import { isResource, referenceTo, type Resource } from '../schemas/resource.js';

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

/** What a resource contains, by id; nothing behind an id that two of these have. */
export function containedById(container: Resource): ReadonlyMap<string, Resource | undefined> {
  const byId = new Map<string, Resource | undefined>();
  const contained = container['contained'];
  for (const resource of Array.isArray(contained) ? (contained as readonly unknown[]) : []) {
    // What does not say of which type it is, is nothing that can be referred to.
    if (!isResource(resource)) continue;
    const id: unknown = resource.id;
    if (typeof id === 'string') byId.set(id, byId.has(id) ? undefined : resource);
  }
  return byId;
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
