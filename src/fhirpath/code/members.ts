import {
  type ChildElement,
  childOf,
  type ChildPlace,
  type ElementType,
  exists,
  isResourceType,
  resourceType,
} from '../model.js';
import { isObjectName } from '../navigate.js';
import { Unsupported } from '../unsupported.js';
import { eachIn, keptPlace } from './items.js';
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

/** The one place of a child where the wanted type stands; nothing where it cannot be of that type. */
function placeOfType({ places }: ChildElement, wanted: string): ChildPlace | undefined {
  const fitting = places.filter(({ type }) => passesOfType(type, wanted));
  if (fitting.length > 1) throw new Unsupported(`a choice among ${fitting.length} types`);
  return fitting[0];
}

function emitPlace(writer: Writer, parent: Ref, { places }: ChildElement, place: ChildPlace, body: Body): void {
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

function emitChild(writer: Writer, parent: Ref, type: ElementType, name: string, body: Body): void {
  if (!exists(type, name) || name === 'contained') throw new Unsupported(`the element ${name}`);
  const child = childOf(type, name);
  if (child.choice) {
    emitPresence(writer, parent, child.places, body);
    return;
  }
  const [place] = child.places;
  const value = writer.define(property(parent.js, place!.property));
  writer.line(`if (${property(parent.js, place!.extra)} !== undefined) D();`);
  writer.block(`if (${value} !== undefined)`, () => emitItems(writer, value, place!.type, holderUnder(parent), body));
}

/** A primitive stands by itself; of anything else there may be several. */
function emitItems(writer: Writer, value: string, type: ElementType, holder: string | undefined, body: Body): void {
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

const ANY = new Map<string, { readonly types: ReadonlySet<string>; readonly type: ElementType } | undefined>();

/** An element of whatever resource it is: where all types that have it agree on what it is. */
function emitOfAnyResource(writer: Writer, parent: Ref, name: string, body: Body): void {
  if (!ANY.has(name)) ANY.set(name, agreedChild(name));
  const agreed = ANY.get(name);
  if (agreed === undefined) throw new Unsupported(`${name} of any resource`);
  const value = writer.define(property(parent.js, name));
  writer.line(`if (${property(parent.js, `_${name}`)} !== undefined) D();`);
  writer.block(`if (${value} !== undefined)`, () => {
    writer.line(`if (!${writer.constant(agreed.types)}.has(${parent.js}.resourceType)) D();`);
    emitItems(writer, value, agreed.type, holderUnder(parent), body);
  });
}

/**
 * The elements of one type that whatever resource has under a name: `medication.ofType(CodeableConcept)` of a request or a
 * statement, `name.ofType(string)` of an organisation and not of a person.
 */
function emitTypedOfAnyResource(writer: Writer, parent: Ref, name: string, wanted: string, body: Body): boolean {
  const having = RESOURCES.filter((resource) => exists(resourceType(resource), name));
  const typed = having.flatMap((resource) => {
    const child = childOf(resourceType(resource), name);
    const place = placeOfType(child, wanted);
    return place === undefined ? [] : [{ resource, child, place, read: propertiesUpTo(child, place) }];
  });
  const [first] = typed;
  const agree = typed.every(({ place, read }) => place.type === first!.place.type && read === first!.read);
  if (first === undefined || !agree) throw new Unsupported(`${name} of any resource as a ${wanted}`);
  const types = new Set(typed.map(({ resource }) => resource));
  writer.block(`if (${writer.constant(types)}.has(${parent.js}.resourceType))`, () =>
    emitPlace(writer, parent, first.child, first.place, body),
  );
  // A resource that nobody thought of here may have the element too.
  const others = new Set(having.filter((resource) => !types.has(resource)));
  const known = others.size === 0 ? '' : ` && !${writer.constant(others)}.has(${parent.js}.resourceType)`;
  const there = [first.place.property, first.place.extra].map((each) => `${property(parent.js, each)} !== undefined`);
  writer.line(`else if ((${there.join(' || ')})${known}) D();`);
  return true;
}

/** The properties that reading a place looks at, for comparing: its own, and those of the places before it. */
function propertiesUpTo({ places }: ChildElement, place: ChildPlace): string {
  const upTo = places.slice(0, places.indexOf(place) + 1);
  return upTo.map(({ property: own }) => own).join();
}

const RESOURCES = [
  ...['Patient', 'Practitioner', 'PractitionerRole', 'Organization', 'Condition', 'Procedure', 'Encounter'],
  ...['Observation', 'ServiceRequest', 'QuestionnaireResponse', 'HealthcareService', 'RelatedPerson', 'CareTeam'],
  ...['MedicationRequest', 'MedicationStatement', 'Medication', 'Device', 'Location', 'DiagnosticReport'],
  ...['CarePlan', 'Goal'],
];

function agreedChild(name: string): { readonly types: ReadonlySet<string>; readonly type: ElementType } | undefined {
  const having = RESOURCES.filter((resource) => exists(resourceType(resource), name));
  const children = having.map((resource) => childOf(resourceType(resource), name));
  if (children.length === 0 || children.some(({ choice }) => choice)) return undefined;
  const types = new Set(children.map(({ places }) => places[0]!.type));
  return types.size === 1 ? { types: new Set(having), type: [...types][0]! } : undefined;
}
