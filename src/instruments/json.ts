import { isObject, type Json } from '../schemas/json-object.js';

/** The `system|code` of every complete coding in a CodeableConcept. */
export function codesIn(concept: unknown): readonly string[] {
  if (!isObject(concept) || !Array.isArray(concept['coding'])) return [];
  const codes: string[] = [];
  for (const coding of concept['coding'] as readonly unknown[]) {
    if (!isObject(coding)) continue;
    const { system, code } = coding;
    if (typeof system === 'string' && typeof code === 'string') codes.push(codeKey({ system, code }));
  }
  return codes;
}

export function codeKey(coding: { readonly system: string; readonly code: string }): string {
  return `${coding.system}|${coding.code}`;
}

/** The one `value[x]` of an element: its name and content; nothing when there is none, `several` when more than one. */
export function choiceValue(element: Json): { readonly kind: string; readonly value: unknown } | 'several' | undefined {
  let found: { readonly kind: string; readonly value: unknown } | undefined;
  for (const kind in element) {
    if (!kind.startsWith('value') || !Object.hasOwn(element, kind)) continue;
    if (found !== undefined) return 'several';
    found = { kind, value: element[kind] };
  }
  return found;
}
