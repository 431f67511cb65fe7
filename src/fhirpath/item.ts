import { isResource, type Resource } from '../schemas/resource.js';
import { collect, type Collection } from './collection.js';
import { deoptimise } from './deoptimise.js';
import { type ElementType, namedResourceType, OPEN } from './model.js';
import type { Moment } from './moment.js';

/** An element of a record, a variable or a row, with its place in the model. */
export class Node {
  constructor(
    readonly data: unknown,
    readonly type: ElementType,
    /** What JSON keeps beside a primitive (`_birthDate`): its id and extensions. */
    readonly extra: unknown,
    /** The resource in which `#` references of this element are looked up. */
    readonly holder: Resource | undefined,
  ) {}
}

/** An amount of time, for example `2 years`; the unit as written. */
export class TimeSpan {
  constructor(
    readonly value: number,
    readonly unit: string,
  ) {}

  get text(): string {
    return `${this.value} ${this.unit}`;
  }
}

export type Item = Node | string | number | boolean | Moment | TimeSpan;

export type Items = Collection<Item>;

/** The value under an item: an element's JSON, anything else itself. */
export function dataOf(item: Item): unknown {
  return item instanceof Node ? item.data : item;
}

/** A node for a value that was found under `holder`; a resource brings its own type and holds its own references. */
export function nodeOf(
  data: unknown,
  type: ElementType,
  extra: unknown,
  holder: Resource | undefined,
  contained: boolean,
): Node {
  if (typeof data === 'object' && data !== null) {
    const named = (data as { resourceType?: unknown }).resourceType;
    if (named !== undefined) return resourceNode(data, named, extra, contained ? holder : undefined);
  }
  return new Node(data, type, extra || null, holder);
}

function resourceNode(data: object, named: unknown, extra: unknown, holder: Resource | undefined): Node {
  const type = typeof named === 'string' && !Array.isArray(data) ? namedResourceType(named) : undefined;
  return new Node(data, type ?? deoptimise(), extra || null, holder ?? (data as Resource));
}

/** The items of a variable's or a focus's value. */
export function itemsOf(value: unknown): Items {
  if (value === undefined || value === null) return undefined;
  return Array.isArray(value) ? collect(value.map(itemOf)) : itemOf(value);
}

function itemOf(value: unknown): Item {
  switch (typeof value) {
    case 'string':
    case 'number':
    case 'boolean':
      return value;
    case 'object':
      if (value === null || Array.isArray(value) || Object.hasOwn(value, '__path__')) return deoptimise();
      return nodeOf(value, OPEN, null, isResource(value) ? value : undefined, false);
    default:
      return deoptimise();
  }
}
