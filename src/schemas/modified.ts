import type { Json } from './json-object.js';

/**
 * Whether an element has a modifier extension, or a resource was made under rules of its own (`implicitRules`): then it must not be read as
 * if it had none.
 *
 * @source https://hl7.org/fhir/R4/extensibility.html#modifierExtension, https://hl7.org/fhir/R4/resource-definitions.html#Resource.implicitRules
 */
export function isModified(element: Json): boolean {
  if (isThere(element['implicitRules']) || isThere(element['_implicitRules'])) return true;
  const modifiers = element['modifierExtension'];
  return Array.isArray(modifiers) ? modifiers.length > 0 : isThere(modifiers);
}

function isThere(value: unknown): boolean {
  return value !== undefined && value !== null;
}
