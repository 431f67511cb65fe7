import { type ChildElement, type ChildPlace, type ElementType, isResourceType } from '../model.js';
import { Unsupported } from '../unsupported.js';
import { eachIn, keptPlace } from './items.js';
import { type Body, holderUnder, type Ref } from './scope.js';
import { elementShape, isComplex, passesOfType } from './shape.js';
import { property, type Writer } from './writer.js';

/** The one place of a child where the wanted type stands; nothing where it cannot be of that type. */
export function placeOfType({ places }: ChildElement, wanted: string): ChildPlace | undefined {
  const fitting = places.filter(({ type }) => passesOfType(type, wanted));
  if (fitting.length > 1) throw new Unsupported(`a choice among ${fitting.length} types`);
  return fitting[0];
}

/** Writes the reading of what stands at one place of a child. */
export function emitPlace(writer: Writer, parent: Ref, { places }: ChildElement, place: ChildPlace, body: Body): void {
  const before = places.slice(0, places.indexOf(place));
  const value = writer.define(property(parent.js, place.property));
  writer.line(`if (${property(parent.js, place.extra)} !== undefined) D();`);
  writer.block(`if (${value} !== undefined)`, () => {
    // The first one that is there counts: two at once are not FHIR.
    const others = before.flatMap(({ property: own, extra }) => [property(parent.js, own), property(parent.js, extra)]);
    if (others.length > 0) writer.line(`if (${others.map((other) => `${other} !== undefined`).join(' || ')}) D();`);
    emitItems(writer, value, place.type, holderUnder(parent), body);
  });
}

/** Goes through what stands at a place: a primitive by itself, of anything else perhaps several. */
export function emitItems(
  writer: Writer,
  value: string,
  type: ElementType,
  holder: string | undefined,
  body: Body,
): void {
  if (isResourceType(type.path ?? '') || type.path === 'Resource') throw new Unsupported('a resource inside another');
  if (!isComplex(type)) {
    writer.line(`if (typeof ${value} === 'object') D();`);
    body({ js: value, shape: elementShape(type), holder });
    return;
  }
  eachIn(writer, value, (item) => {
    writer.line(
      `if (typeof ${item} !== 'object' || ${item} === null || ${item}.resourceType !== undefined || isArray(${item})) D();`,
    );
    body({ js: item, shape: elementShape(type), holder, once: keptPlace(writer) });
  });
}
