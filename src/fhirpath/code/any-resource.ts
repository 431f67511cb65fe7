import { type ChildElement, childOf, type ChildPlace, type ElementType, exists, resourceType } from '../model.js';
import { Unsupported } from '../unsupported.js';
import { emitItems, emitPlace, placeOfType } from './places.js';
import { type Body, holderUnder, type Ref } from './scope.js';
import { property, type Writer } from './writer.js';

const ANY = new Map<string, { readonly types: ReadonlySet<string>; readonly type: ElementType } | undefined>();

/** An element of whatever resource it is: where all types that have it agree on what it is. */
export function emitOfAnyResource(writer: Writer, parent: Ref, name: string, body: Body): void {
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
export function emitTypedOfAnyResource(writer: Writer, parent: Ref, name: string, wanted: string, body: Body): boolean {
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
