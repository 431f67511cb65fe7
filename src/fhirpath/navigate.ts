import { collect } from './collection.js';
import { deoptimise } from './deoptimise.js';
import { type Items, type Node, nodeOf } from './item.js';
import { type ChildElement, childOf, type ElementType } from './model.js';

/** Names that JavaScript itself puts on values: fhirpath.js would read those, so such paths are not compiled. */
const JAVASCRIPT_NAMES: ReadonlySet<string> = new Set(
  [Object.prototype, String.prototype, Boolean.prototype].flatMap((prototype) => Object.getOwnPropertyNames(prototype)),
);

/** Whether objects themselves answer to this name. */
export function isObjectName(name: string): boolean {
  return name in Object.prototype;
}

/** Gives the children of one name; remembers the last type it met, since most inputs are of one type. */
export function childReader(name: string): (parent: Node) => Items {
  const contained = name === 'contained';
  const risky = JAVASCRIPT_NAMES.has(name);
  let lastType: ElementType | undefined;
  let lastChild: ChildElement | undefined;
  return (parent) => {
    if (parent.type !== lastType) {
      lastType = parent.type;
      lastChild = childOf(parent.type, name);
    }
    return childrenOf(parent, lastChild!, contained, risky);
  };
}

type Json = Readonly<Record<string, unknown>>;

function childrenOf(parent: Node, child: ChildElement, contained: boolean, risky: boolean): Items {
  const { data } = parent;
  let place = child.places[0]!;
  let value: unknown;
  let extra: unknown;
  if (typeof data === 'object' && data !== null) {
    if (Array.isArray(data)) deoptimise();
    for (const candidate of child.places) {
      value = (data as Json)[candidate.property];
      extra = (data as Json)[candidate.extra];
      if (value !== undefined || extra !== undefined) {
        place = candidate;
        break;
      }
    }
  } else if (typeof data === 'number' || (risky && data !== null && data !== undefined)) {
    deoptimise();
  }
  if (value === undefined && extra === undefined) {
    if (parent.extra === null || child.choice) return undefined;
    value = besideOf(parent.extra, child.name);
  }
  return nodes(parent, place.type, value, extra, contained);
}

function besideOf(extra: unknown, name: string): unknown {
  if (typeof extra !== 'object' || Array.isArray(extra)) deoptimise();
  return (extra as Json)[name];
}

function nodes(parent: Node, type: ElementType, value: unknown, extra: unknown, contained: boolean): Items {
  const { holder } = parent;
  if (Array.isArray(value)) {
    if (extra === undefined || extra === null) {
      if (value.length === 1) return nodeOf(value[0], type, null, holder, contained);
      if (value.length === 0) return undefined;
      return value.map((each) => nodeOf(each, type, null, holder, contained));
    }
    if (!Array.isArray(extra)) deoptimise();
    return zip(value, extra as unknown[], (each, beside) => nodeOf(each, type, beside, holder, contained));
  }
  if (value === undefined || value === null) {
    if (extra === undefined || extra === null) return undefined;
    if (Array.isArray(extra))
      return zip([], extra as unknown[], (_, beside) => nodeOf(null, type, beside, holder, contained));
  }
  return nodeOf(value, type, extra, holder, contained);
}

/** FHIR keeps a list of primitives and the list of their extras side by side, index for index. */
function zip(
  values: readonly unknown[],
  extras: readonly unknown[],
  node: (value: unknown, extra: unknown) => Node,
): Items {
  const found: Node[] = [];
  for (let at = 0; at < Math.max(values.length, extras.length); at += 1) {
    found.push(node(at < values.length ? values[at] : null, extras[at]));
  }
  return collect(found);
}
