import type { Bundle } from 'fhir/r4.js';

/** Every `reference` inside a value, with the `contained` ids that a `#id` may name. */
function collect(value: unknown, found: string[]): string[] {
  if (Array.isArray(value)) value.forEach((part) => collect(part, found));
  else if (typeof value === 'object' && value !== null) {
    for (const [key, part] of Object.entries(value)) {
      if (key === 'reference' && typeof part === 'string') found.push(part);
      else collect(part, found);
    }
  }
  return found;
}

/** The references in a Bundle that name nothing in it. */
export function danglingReferences(bundle: Bundle): readonly string[] {
  const entries = bundle.entry ?? [];
  const known = new Set(entries.map(({ resource }) => `${resource?.resourceType}/${resource?.id}`));
  return entries.flatMap(({ resource }) => {
    const contained = (resource as { contained?: readonly { id?: string }[] } | undefined)?.contained ?? [];
    const inside = new Set(contained.map(({ id }) => `#${id}`));
    return collect(resource, []).filter((reference) => !known.has(reference) && !inside.has(reference));
  });
}
