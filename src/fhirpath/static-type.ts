import { childOf, type ElementType, exists, isSubtype } from './model.js';

/** The types that the items of a collection can have; nothing when that is not known before a record is at hand. */
export type StaticTypes = readonly ElementType[] | undefined;

/** Elements that may stand anywhere. */
const EVERYWHERE = new Set(['extension', 'id', 'meta']);

/** Everything that either collection can hold. */
export function either(left: StaticTypes, right: StaticTypes): StaticTypes {
  return left === undefined || right === undefined ? undefined : [...new Set([...left, ...right])];
}

/** Whether at least one of the types has an element of this name. */
export function hasElement(types: readonly ElementType[], name: string): boolean {
  return EVERYWHERE.has(name) || types.some((type) => isOpen(type) || exists(type, name));
}

/** The types of an element, over all types that have it. */
export function elementTypes(types: readonly ElementType[], name: string): StaticTypes {
  if (types.some(isOpen)) return undefined;
  const found = types
    .filter((type) => exists(type, name))
    .flatMap((type) => childOf(type, name).places.map((place) => place.type));
  return found.length === 0 || found.some(isOpen) ? undefined : [...new Set(found)];
}

/** Whether a value of one of these types can also be of the named FHIR type. */
export function canBe(types: readonly ElementType[], name: string): boolean {
  return types.some(
    (type) => isOpen(type) || type.name === undefined || isSubtype(type.name, name) || isSubtype(name, type.name),
  );
}

/** Any resource can stand here: its own type decides, and that is not known yet. */
function isOpen(type: ElementType): boolean {
  return type.path === undefined || type.path === 'Resource' || type.path === 'DomainResource';
}
