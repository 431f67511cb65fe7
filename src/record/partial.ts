import { isObject, type Json } from '../schemas/json-object.js';

/** Codes by which a server says that it left something out, as it was asked to or as the reader may not see it. */
const LEFT_OUT: ReadonlySet<string> = new Set(['SUBSETTED', 'REDACTED', 'MASKED', 'ABSTRED', 'AGGRED']);

/**
 * Whether a resource or a Bundle says that it is not all there.
 *
 * @source https://hl7.org/fhir/R4/search.html#summary, https://terminology.hl7.org/ValueSet-v3-SecurityIntegrityObservationValue.html
 */
export function isPartial(resource: Json): boolean {
  const meta = resource['meta'];
  return isObject(meta) && (names(meta['tag']) || names(meta['security']));
}

/** Also where what should be a list is one coding, and in small letters. */
function names(codings: unknown): boolean {
  return [codings].flat().some((coding) => {
    const code = isObject(coding) ? coding['code'] : undefined;
    return typeof code === 'string' && LEFT_OUT.has(code.toUpperCase());
  });
}
