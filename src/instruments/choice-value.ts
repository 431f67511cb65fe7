import type { Json } from '../schemas/json-object.js';

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
