import type { VariableShape } from '../fhirpath/code/shape.js';

/** The variables that every evaluation has, whatever the protocol, and what each of them holds. */
export const GIVEN_VARIABLES: ReadonlyMap<string, VariableShape> = new Map<string, VariableShape>([
  ['phase', 'value'],
  ['order', { resource: 'ServiceRequest' }],
  ['referral', { resource: 'ServiceRequest' }],
  ['asOf', 'value'],
  ['referredOn', 'value'],
  ['referralUnknown', 'value'],
  ['gaps', 'value'],
  ['scores', 'row'],
]);

/** The resource types of those that hold a resource. */
export const GIVEN_TYPES: Readonly<Record<string, string>> = Object.fromEntries(
  [...GIVEN_VARIABLES].flatMap(([name, shape]) => (typeof shape === 'string' ? [] : [[name, shape.resource]])),
);

/** The resource types that a given variable is made from; those that hold what the call itself gives are not among them. */
export function typesBehindGiven(name: string): readonly string[] {
  return name === 'scores' ? ['QuestionnaireResponse', 'Observation'] : [];
}
