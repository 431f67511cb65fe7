/**
 * Every place in a value that holds nothing: what CDS Hooks does not allow in a response, and what JSON would leave out.
 * @source https://cds-hooks.hl7.org/STU2/#use-of-json
 */
export function emptyPlaces(value: unknown, path = ''): readonly string[] {
  if (value === null || value === undefined || value === '') return [path];
  if (typeof value !== 'object') return [];
  const entries = Object.entries(value);
  if (entries.length === 0) return [path];
  return entries.flatMap(([key, inner]) => emptyPlaces(inner, `${path}/${key}`));
}
