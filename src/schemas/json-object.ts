/** A JSON object of unknown content. */
export type Json = Readonly<Record<string, unknown>>;

/** Whether a JSON value is an object: no null and no list. */
export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
