/** The grammar of a logical id, to be put together into patterns. @source https://hl7.org/fhir/R4/datatypes.html#id */
export const FHIR_ID = '[A-Za-z0-9\\-.]{1,64}';

const WHOLE = new RegExp(`^${FHIR_ID}$`);

/** Whether a value is a logical id. `.` and `..` are in the grammar but are path segments with a meaning of their own. */
export function isFhirId(value: unknown): value is string {
  return typeof value === 'string' && WHOLE.test(value) && value !== '.' && value !== '..';
}
