import type { Resource } from '../../schemas/resource.js';
import { deoptimise } from '../deoptimise.js';
import { collect, list } from '../collection.js';
import { dataOf, type Item, type Items, Node } from '../item.js';
import { type ElementType, isKnownType, isResourceType, isSubtype, resourceType } from '../model.js';
import { childReader, isObjectName } from '../navigate.js';
import { nameOf, type SyntaxNode } from '../parse.js';
import { RECORD, type Self, type Step } from './run.js';
import { Unsupported } from '../unsupported.js';

/** `.name`: the children of that name; or, where a path opens, the resources of that type. */
export function memberStep(node: SyntaxNode): Step {
  const name = nameOf(node);
  if (isResourceType(name)) return typeStep(name);
  if (isObjectName(name) || /^[A-Z]/.test(name)) throw new Unsupported(`the member ${name}`);
  const read = childReader(name);
  // Where a path opens, `code` may also ask whether the focus itself is a `code`.
  const maybeType = node.atRoot !== undefined && isKnownType(name);
  let otherType: ElementType | undefined;
  return (_, __, input) => {
    if (input instanceof Node) return maybeType ? readOther(input) : read(input);
    if (input === undefined) return undefined;
    const found: Item[] = [];
    for (const item of list(input === RECORD ? deoptimise() : input)) {
      if (!(item instanceof Node)) deoptimise();
      const items = maybeType ? readOther(item) : read(item);
      if (items === undefined) continue;
      if (Array.isArray(items)) found.push(...(items as Item[]));
      else found.push(items as Item);
    }
    return collect(found);
  };

  function readOther(item: Node): Items {
    if (item.type !== otherType) {
      if (item.type.name !== undefined && isSubtype(item.type.name, name)) deoptimise();
      otherType = item.type;
    }
    return read(item);
  }
}

function typeStep(name: string): Step {
  const type = resourceType(name);
  return (evaluation, _, input) => {
    if (input === RECORD) return collect(evaluation.scope.record.byType(name).map((resource) => wrap(resource, type)));
    for (const item of list(input)) {
      const data = dataOf(item);
      if (typeof data !== 'object' || (data as Partial<Resource> | null)?.resourceType !== name) deoptimise();
    }
    return input;
  };
}

function wrap(resource: Resource, type: ElementType): Node {
  return Object.hasOwn(resource, '__path__') ? deoptimise() : new Node(resource, type, null, resource);
}

/** `$this` */
export function thisStep(self: Self): Items {
  return self === RECORD ? deoptimise() : self;
}
