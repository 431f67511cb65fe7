import { type Item, Node, TimeSpan } from './item.js';
import { isKnownType, isSubtype } from './model.js';
import { Moment } from './moment.js';

/** A type name as an expression writes it: `Period`, `FHIR.Period`, `System.String`. */
export interface TypeName {
  readonly namespace: 'FHIR' | 'System' | undefined;
  readonly name: string;
}

const SYSTEM_TYPES = new Set([
  'Boolean',
  'String',
  'Integer',
  'Long',
  'Decimal',
  'Date',
  'DateTime',
  'Time',
  'Quantity',
]);

/** FHIR types that `ofType` takes for the system type they convert to. */
const CONVERTS: Readonly<Record<string, string>> = {
  boolean: 'Boolean',
  string: 'String',
  uri: 'String',
  code: 'String',
  oid: 'String',
  id: 'String',
  uuid: 'String',
  markdown: 'String',
  base64Binary: 'String',
  integer: 'Integer',
  unsignedInt: 'Integer',
  positiveInt: 'Integer',
  decimal: 'Decimal',
  date: 'DateTime',
  dateTime: 'DateTime',
  instant: 'DateTime',
  time: 'Time',
  Quantity: 'Quantity',
};

const PRIMITIVES = new Set([
  ...['instant', 'time', 'date', 'dateTime', 'base64Binary', 'decimal', 'boolean', 'string', 'code', 'markdown', 'id'],
  ...['integer', 'unsignedInt', 'positiveInt', 'uri', 'oid', 'uuid', 'canonical', 'url'],
  ...['Integer', 'Decimal', 'String', 'Date', 'DateTime', 'Time'],
]);

/** Reads a type name; nothing when neither FHIR nor FHIRPath has such a type. */
export function parseTypeName(text: string): TypeName | undefined {
  const dot = text.indexOf('.');
  const name = text.slice(dot + 1);
  if (dot < 0) return SYSTEM_TYPES.has(name) || isKnownType(name) ? { namespace: undefined, name } : undefined;
  const namespace = text.slice(0, dot);
  if (namespace === 'System') return SYSTEM_TYPES.has(name) ? { namespace, name } : undefined;
  return namespace === 'FHIR' && isKnownType(name) ? { namespace, name } : undefined;
}

/** The type that an item says it is. */
function typeNameOf(item: Item): TypeName {
  const declared = item instanceof Node ? item.type.name : undefined;
  if (declared !== undefined) {
    return declared.startsWith('System.')
      ? { namespace: 'System', name: declared.slice(7) }
      : { namespace: 'FHIR', name: declared };
  }
  return { namespace: 'System', name: systemTypeOf(item instanceof Node ? item.data : item) };
}

function systemTypeOf(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return 'String';
    case 'boolean':
      return 'Boolean';
    case 'number':
      return Number.isInteger(value) ? 'Integer' : 'Decimal';
    case 'undefined':
      return 'Undefined';
    default:
      if (value instanceof Moment) return value.kind === 'date' ? 'Date' : 'DateTime';
      return value instanceof TimeSpan ? 'Quantity' : 'Object';
  }
}

/**
 * Whether an item is of a type or of one that derives from it.
 * @source FHIRPath 2.0.0 §6.3.1 is
 */
export function isOfType(item: Item, wanted: TypeName): boolean {
  const own = typeNameOf(item);
  if (wanted.namespace !== undefined && own.namespace !== wanted.namespace) return false;
  return own.namespace === 'FHIR' ? isSubtype(own.name, wanted.name) : own.name === wanted.name;
}

/** As {@link isOfType}, or of a FHIR type that converts to the wanted system type. */
export function convertsToType(item: Item, wanted: TypeName): boolean {
  const own = typeNameOf(item);
  if (
    own.namespace === 'FHIR' &&
    wanted.namespace !== 'FHIR' &&
    Object.hasOwn(CONVERTS, own.name) &&
    CONVERTS[own.name] === wanted.name
  )
    return true;
  return isOfType(item, wanted);
}

/** Whether the name is that of a primitive type, of FHIR or of FHIRPath. */
export function isPrimitiveType(name: string): boolean {
  return PRIMITIVES.has(name.startsWith('System.') ? name.slice(7) : name);
}

/** Whether an item is a primitive that has a value. */
export function hasPrimitiveValue(item: Item): boolean {
  if (!(item instanceof Node)) return !(item instanceof TimeSpan);
  return item.data !== null && item.data !== undefined && PRIMITIVES.has(typeNameOf(item).name);
}
