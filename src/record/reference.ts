/** A literal reference to a resource on a FHIR server, taken apart. */
export interface ParsedReference {
  /** The server's base URL as written; absent for a relative reference. */
  readonly base: string | undefined;
  readonly type: string;
  readonly id: string;
  readonly version: string | undefined;
}

// Lenient about the length of ids: some servers exceed the 64 characters of the grammar, and comparing is harmless.
const PATTERN = /^(?:(https?:\/\/.+)\/)?([A-Z][A-Za-z]*)\/([^/?#|\s]+)(?:\/_history\/([^/?#|\s]+))?$/;

/**
 * Takes `Type/id`, `Type/id/_history/v` and the absolute forms of both apart.
 *
 * @returns nothing for `#id`, `urn:…`, conditional references and anything else that names no resource on a server
 * @source https://hl7.org/fhir/R4/references.html#literal
 */
export function parseReference(reference: string): ParsedReference | undefined {
  const match = PATTERN.exec(reference);
  if (match === null) return undefined;
  const [, base, type, id, version] = match;
  if (type === undefined || id === undefined) return undefined;
  return { base, type, id, version };
}
