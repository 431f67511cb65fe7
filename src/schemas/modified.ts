import type { Json } from './json-object.js';

/**
 * Whether an element has a modifier extension: then it must not be read as if it had none.
 *
 * @source https://hl7.org/fhir/R4/extensibility.html#modifierExtension
 */
export function isModified(element: Json): boolean {
  const modifiers = element['modifierExtension'];
  return Array.isArray(modifiers) ? modifiers.length > 0 : modifiers !== undefined && modifiers !== null;
}
