/**
 * Leaves out what CDS Hooks does not allow in a response: attributes that are null, "", [] or {}.
 * @source https://cds-hooks.hl7.org/STU2/#use-of-json
 */
export function withoutEmpties(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutEmpties).filter((entry) => !isEmpty(entry));
  if (typeof value !== 'object' || value === null) return value;
  const kept: Record<string, unknown> = {};
  for (const key of Object.keys(value)) {
    const entry = (value as Readonly<Record<string, unknown>>)[key];
    const cleaned = typeof entry === 'object' ? withoutEmpties(entry) : entry;
    if (!isEmpty(cleaned)) kept[key] = cleaned;
  }
  return kept;
}

function isEmpty(value: unknown): boolean {
  if (value === null || value === undefined || value === '') return true;
  if (typeof value !== 'object') return false;
  if (Array.isArray(value)) return value.length === 0;
  for (const key in value) if (Object.hasOwn(value, key)) return false;
  return true;
}
