import { childOf, type ElementType, exists, isResourceType, resourceType } from '../model.js';
import { isObjectName } from '../navigate.js';
import { Unsupported } from '../unsupported.js';
import { emitOfAnyResource, emitTypedOfAnyResource } from './any-resource.js';
import { keptPlace } from './items.js';
import { emitPlace, placeOfType } from './places.js';
import { type Body, holderUnder, type Ref } from './scope.js';
import { elementShape, isComplex, passesOfType, PRESENT, type Shape, VALUE } from './shape.js';
import { property, type Writer } from './writer.js';

/** Writes the reading of `.name` of an item. What JSON holds in an unusual form is left to the other engines. */
export function emitMember(writer: Writer, parent: Ref, name: string, body: Body): void {
  if (isObjectName(name) || /^[A-Z]/.test(name)) throw new Unsupported(`the member ${name}`);
  const single = readSingle(writer, parent, name);
  if (single !== undefined) {
    writer.block(`if (${single.js} !== undefined)`, () => body(single));
    return;
  }
  switch (parent.shape.kind) {
    case 'resource':
      return emitOfAnyResource(writer, parent, name, body);
    case 'element':
      return emitChild(writer, parent, parent.shape.type, name, body);
    case 'none':
      return;
    default:
      throw new Unsupported(`${name} of a ${parent.shape.kind}`);
  }
}

/** Writes the reading of a choice such as `value[x]` where only one type of it is asked for. */
export function emitChoiceOf(writer: Writer, parent: Ref, name: string, wanted: string, body: Body): boolean {
  if (parent.shape.kind === 'resource') return emitTypedOfAnyResource(writer, parent, name, wanted, body);
  if (parent.shape.kind !== 'element') return false;
  const child = childOf(parent.shape.type, name);
  if (!child.choice) return false;
  const place = placeOfType(child, wanted);
  if (place !== undefined) emitPlace(writer, parent, child, place, body);
  return true;
}

function emitChild(writer: Writer, parent: Ref, type: ElementType, name: string, body: Body): void {
  if (!exists(type, name) || name === 'contained') throw new Unsupported(`the element ${name}`);
  const child = childOf(type, name);
  if (child.choice) {
    emitPresence(writer, parent, child.places, body);
    return;
  }
  emitPlace(writer, parent, child, child.places[0]!, body);
}

/** Writes the test of an item's type that `ofType` makes. */
export function passing(writer: Writer, item: Ref, wanted: string, body: Body): void {
  if (item.shape.kind === 'resource') {
    if (!isResourceType(wanted)) throw new Unsupported(`ofType(${wanted}) of a resource`);
    writer.block(`if (${item.js}.resourceType === ${writer.constant(wanted)})`, () =>
      body({ ...item, shape: elementShape(resourceType(wanted)), once: keptPlace(writer) }),
    );
    return;
  }
  if (item.shape.kind !== 'element') throw new Unsupported(`ofType(${wanted}) of a ${item.shape.kind}`);
  if (passesOfType(item.shape.type, wanted)) body(item);
}

function emitPresence(
  writer: Writer,
  parent: Ref,
  places: readonly { readonly property: string; readonly extra: string }[],
  body: Body,
): void {
  const value = writer.variable();
  for (const place of places) {
    writer.line(`if (${value} === undefined) ${value} = ${property(parent.js, place.property)};`);
    writer.line(`if (${property(parent.js, place.extra)} !== undefined) D();`);
  }
  writer.line(`if (${value} === null || isArray(${value})) D();`);
  writer.block(`if (${value} !== undefined)`, () => body({ js: value, shape: PRESENT }));
}

/**
 * The name of a child that is one plain value or nothing, read once where the item comes up.
 * @returns nothing where the child is of another kind
 */
export function readSingle(writer: Writer, parent: Ref, name: string): Ref | undefined {
  const { shape } = parent;
  if (isObjectName(name) || /^[A-Z]/.test(name)) return undefined;
  if (shape.kind === 'row') return { js: readOnce(writer, parent, name, name, undefined), shape: VALUE };
  if (shape.kind !== 'element' || !isSingle(shape, { name })) return undefined;
  const [place] = childOf(shape.type, name).places;
  return {
    js: readOnce(writer, parent, name, place!.property, place!.extra),
    shape: elementShape(place!.type),
    holder: holderUnder(parent),
  };
}

/** Whether a child is one plain value or nothing. */
export function isSingle(shape: Shape, { name, type }: { readonly name: string; readonly type?: string }): boolean {
  if (type !== undefined || shape.kind !== 'element' || isObjectName(name) || !exists(shape.type, name)) return false;
  const child = childOf(shape.type, name);
  return !child.choice && !isComplex(child.places[0]!.type);
}

function readOnce(writer: Writer, parent: Ref, name: string, own: string, extra: string | undefined): string {
  const known = parent.once?.known.get(name);
  if (known !== undefined) return known;
  const js = writer.fresh();
  const beside = extra === undefined ? '' : ` || ${property(parent.js, extra)} !== undefined`;
  const lines = [`const ${js} = ${property(parent.js, own)};`, `if (typeof ${js} === 'object'${beside}) D();`];
  if (parent.once === undefined) lines.forEach((line) => writer.line(line));
  else parent.once.place.push(...lines);
  parent.once?.known.set(name, js);
  return js;
}
