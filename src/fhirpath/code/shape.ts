import { type ElementType, isResourceType, isSubtype, resourceType } from '../model.js';
import { isPrimitiveType } from '../type-test.js';
import { Unsupported } from '../unsupported.js';

/** What is known of a collection's items before there is a record; the items themselves are plain JSON. */
export type Shape =
  /** FHIR elements, or whole resources, of one type. */
  | { readonly kind: 'element'; readonly type: ElementType }
  /** Whole resources, each of its own type. */
  | { readonly kind: 'resource' }
  /** Objects outside FHIR's model, with columns for elements. */
  | { readonly kind: 'row' }
  /** Texts, numbers and booleans that are what they are: nothing lies under them and nothing is converted. */
  | { readonly kind: 'value' }
  /** Of a choice such as `value[x]`; only whether it is there may be asked. */
  | { readonly kind: 'present' }
  | { readonly kind: 'truth' }
  | { readonly kind: 'moment' }
  | { readonly kind: 'span' }
  /** Texts, numbers and booleans of more than one kind, to be handed on as they are written and no more. */
  | { readonly kind: 'written' }
  /** Never an item at all. */
  | { readonly kind: 'none' };

export const VALUE: Shape = { kind: 'value' };
export const TRUTH: Shape = { kind: 'truth' };
export const MOMENT: Shape = { kind: 'moment' };
export const SPAN: Shape = { kind: 'span' };
export const ROW: Shape = { kind: 'row' };
export const RESOURCE: Shape = { kind: 'resource' };
export const PRESENT: Shape = { kind: 'present' };
export const WRITTEN: Shape = { kind: 'written' };
export const NONE: Shape = { kind: 'none' };

/** What a variable holds: values, rows, resources of whatever type, or resources of a named type. */
export type VariableShape = 'value' | 'row' | 'resource' | { readonly resource: string };

export function elementShape(type: ElementType): Shape {
  return { kind: 'element', type };
}

export function shapeOfVariable(shape: VariableShape): Shape {
  return typeof shape === 'object' ? elementShape(resourceType(shape.resource)) : { kind: shape };
}

/** What a variable will hold that is given such items as its value; nothing where their type would be lost. */
export function variableShapeOf(shape: Shape): VariableShape | undefined {
  if (shape.kind === 'row' || shape.kind === 'resource') return shape.kind;
  const name = resourceNameOf(shape);
  if (name !== undefined) return { resource: name };
  if (shape.kind === 'element') return isComplex(shape.type) ? undefined : 'value';
  return shape.kind === 'present' ? undefined : 'value';
}

/** The resource type of items that are whole resources of one type. */
export function resourceNameOf(shape: Shape): string | undefined {
  if (shape.kind !== 'element') return undefined;
  const { path } = shape.type;
  return path !== undefined && path === shape.type.name && isResourceType(path) ? path : undefined;
}

/** Whether elements of the type are JSON objects. */
export function isComplex(type: ElementType): boolean {
  return type.name === undefined || !(type.name.startsWith('System.') || isPrimitiveType(type.name));
}

/** Whether items are texts, numbers or booleans that need no conversion. */
export function isPlain(shape: Shape): boolean {
  if (shape.kind === 'value' || shape.kind === 'truth' || shape.kind === 'none') return true;
  return shape.kind === 'element' && !isComplex(shape.type) && shape.type.conversion === undefined;
}

/** Whether items are points in time, or the texts of such. */
export function isMoment(shape: Shape): boolean {
  if (shape.kind === 'moment') return true;
  if (shape.kind !== 'element') return false;
  const { conversion } = shape.type;
  return conversion === 'date' || conversion === 'dateTime' || conversion === 'instant';
}

/** Whether items are JSON objects. */
export function isObjects(shape: Shape): boolean {
  return shape.kind === 'row' || shape.kind === 'resource' || (shape.kind === 'element' && isComplex(shape.type));
}

/**
 * The shape of items of either collection.
 * @throws Unsupported where they are too different to be handled alike
 */
export function unified(one: Shape, other: Shape): Shape {
  if (one.kind === 'none' || sameShape(one, other)) return other;
  if (other.kind === 'none') return one;
  if (isPlain(one) && isPlain(other)) return VALUE;
  if (isWholeResource(one) && isWholeResource(other)) return RESOURCE;
  if (isWritten(one) && isWritten(other)) return WRITTEN;
  throw new Unsupported(`a mixture of ${one.kind} and ${other.kind}`);
}

function sameShape(one: Shape, other: Shape): boolean {
  if (one.kind === 'element' && other.kind === 'element') return one.type === other.type;
  return one.kind === other.kind;
}

function isWritten(shape: Shape): boolean {
  return shape.kind === 'written' || isPlain(shape) || (shape.kind === 'element' && isMoment(shape));
}

/** Whether items are whole resources, of one type or of whatever. */
export function isWholeResource(shape: Shape): boolean {
  return shape.kind === 'resource' || resourceNameOf(shape) !== undefined;
}

/** Whether a type of FHIR's is the wanted one or derives from it, as `ofType` asks; only plain FHIR names are known. */
export function passesOfType(type: ElementType, wanted: string): boolean {
  if (type.name === undefined || type.name.startsWith('System.')) throw new Unsupported('ofType of an untyped element');
  return isSubtype(type.name, wanted);
}
