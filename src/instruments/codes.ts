import { isObject } from '../schemas/json-object.js';

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
