import r4 from 'fhirpath/fhir-context/r4';
import { interned } from './interned.js';

/** The R4 model as fhirpath.js ships it; only what this room reads. */
interface R4Model {
  readonly choiceTypePaths: Readonly<Record<string, readonly string[]>>;
  readonly pathsDefinedElsewhere: Readonly<Record<string, string>>;
  readonly type2Parent: Readonly<Record<string, string>>;
  readonly path2Type: Readonly<Record<string, string>>;
  readonly path2TypeWithoutElements: Readonly<Record<string, string>>;
  readonly availableTypes: ReadonlySet<string>;
}

const model = r4 as unknown as R4Model;

/** The R4 model in the form that fhirpath.js takes it. */
export const r4Model = r4;

/** How values of a type turn into system values when compared: not at all, or as this. */
export type Conversion = 'date' | 'dateTime' | 'instant' | 'time' | 'quantity' | undefined;

/** An element's place in the model; one object per place, so that identity is equality. */
export interface ElementType {
  /** Model path under which children are defined; absent for values outside the model. */
  readonly path: string | undefined;
  /** Name of the data type, for example `dateTime`, `BackboneElement`, `System.String`. */
  readonly name: string | undefined;
  readonly conversion: Conversion;
}

/** Where a child stands in JSON: property names with the type that each implies. */
export interface ChildPlace {
  readonly property: string;
  readonly extra: string;
  readonly type: ElementType;
}

/** One child element of a type. */
export interface ChildElement {
  readonly name: string;
  /** A choice (`value[x]`) has several places, of which the first present counts. */
  readonly places: readonly ChildPlace[];
  readonly choice: boolean;
}

const CONVERTED = new Set(['date', 'dateTime', 'instant', 'time']);
const types = new Map<string, ElementType>();
const children = new Map<ElementType, Map<string, ChildElement>>();

function intern(path: string, name: string | undefined): ElementType {
  const key = `${path}\n${name ?? ''}`;
  let type = types.get(key);
  if (type === undefined) {
    const conversion = CONVERTED.has(path)
      ? (path as Conversion)
      : isSubtype(path, 'Quantity')
        ? 'quantity'
        : undefined;
    type = { path, name, conversion };
    types.set(key, type);
  }
  return type;
}

/** The type of values that the model says nothing about: rows, and whatever lies under them. */
export const OPEN: ElementType = { path: undefined, name: undefined, conversion: undefined };

/** Whether a type is another type or derives from it. */
export function isSubtype(name: string, ancestor: string): boolean {
  for (let type: string | undefined = name; type !== undefined; type = own(model.type2Parent, type)) {
    if (type === ancestor) return true;
  }
  return false;
}

/** Whether R4 has a type of this name, abstract ones among them. */
export function isKnownType(name: string): boolean {
  return model.availableTypes.has(name);
}

/** Whether R4 has a resource of this name that records can hold. */
export function isResourceType(name: string): boolean {
  return name !== 'Resource' && name !== 'DomainResource' && isKnownType(name) && isSubtype(name, 'Resource');
}

/** The type of a whole resource. */
export function resourceType(name: string): ElementType {
  return intern(name, name);
}

const resources = new Map<string, ElementType>();

/** The type that a resource says it has; nothing when R4 has no such resource. */
export function namedResourceType(name: string): ElementType | undefined {
  const known = resources.get(name);
  if (known !== undefined || !isResourceType(name)) return known;
  const type = resourceType(name);
  resources.set(name, type);
  return type;
}

/** The type at a model path such as `QuestionnaireResponse.item`; nothing when R4 has no such path. */
export function typeAtPath(path: string): ElementType | undefined {
  const [head, ...names] = path.replace(/\[\d*]/g, '').split('.');
  if (head === undefined || !isKnownType(head)) return undefined;
  let type = intern(head, head);
  for (const name of names) {
    const child = childOf(type, name);
    const place = child?.places[0];
    if (child === undefined || place === undefined || child.choice || !exists(type, name)) return undefined;
    type = place.type;
  }
  return type;
}

/** Whether the model has this child; `OPEN` types have every child. */
export function exists(type: ElementType, name: string): boolean {
  if (type.path === undefined) return true;
  const path = `${type.path}.${name}`;
  return [model.path2Type, model.choiceTypePaths, model.pathsDefinedElsewhere].some((table) =>
    Object.hasOwn(table, path),
  );
}

/** A child by name, as fhirpath.js would look it up; names that the model does not have stay navigable. */
export function childOf(type: ElementType, name: string): ChildElement {
  let known = children.get(type);
  if (known === undefined) children.set(type, (known = new Map()));
  let child = known.get(name);
  if (child === undefined) known.set(name, (child = describe(type, name)));
  return child;
}

function describe(type: ElementType, name: string): ChildElement {
  const place = (property: string, of: ElementType): ChildPlace => ({
    property: interned(property),
    extra: interned(`_${property}`),
    type: of,
  });
  if (type.path === undefined) return { name, places: [place(name, OPEN)], choice: false };
  const direct = `${type.path}.${name}`;
  const path = own(model.pathsDefinedElsewhere, direct) ?? direct;
  const choices = own(model.choiceTypePaths, path);
  if (choices !== undefined) {
    return { name, places: choices.map((choice) => place(name + choice, typeOf(path + choice))), choice: true };
  }
  return { name, places: [place(name, typeOf(name === 'extension' ? 'Extension' : path))], choice: false };
}

function typeOf(path: string): ElementType {
  return intern(own(model.path2TypeWithoutElements, path) ?? path, own(model.path2Type, path));
}

function own<T>(table: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}
