import { isFhirId } from '../schemas/fhir-id.js';
import type { GatheredRecord } from '../schemas/record.js';
import { isResource, referenceIn, type Resource } from '../schemas/resource.js';
import { readBaseUrl } from '../schemas/url.js';
import { urlOnBase } from './fhir-base.js';
import { type FhirSession, getJson } from './fhir-client.js';
import type { RecordEntry } from './named-entries.js';
import { isPartial } from './partial.js';
import { isReadable } from './readable.js';
import { parseReference } from './reference.js';

/** Where resources of a type refer to who did something: for example Procedure and `performer.actor`. */
export interface RolePath {
  readonly type: string;
  /** Element path to a Reference, without the type; lists on the way are walked. */
  readonly path: string;
}

/** Resources that say who someone is in care; none of them is about a patient. */
const ROLE_TYPES: ReadonlySet<string> = new Set(['PractitionerRole', 'Practitioner', 'Organization']);

/**
 * The reads that would complete the record: paths `Type/id` relative to the base, each once, of roles that are
 * referred to and not in the record. References to other servers are left alone.
 */
export function missingRoles(record: GatheredRecord, rolePaths: readonly RolePath[], base: string): readonly string[] {
  const missing = new Set<string>();
  for (const { type, path } of rolePaths) {
    const steps = path.split('.');
    for (const resource of record.byType(type)) {
      for (const reference of referencesAt(resource, steps)) {
        const read = readPath(reference, base);
        if (read !== undefined && record.resolve(reference, resource) === undefined) missing.add(read);
      }
    }
  }
  return [...missing];
}

/** Reads one role; anything but that very resource, all of it and as it seems, is no answer. */
export async function readRole(
  session: FhirSession,
  path: string,
): Promise<{ readonly entry: RecordEntry } | { readonly cause: string }> {
  const url = urlOnBase(session.base, path);
  const asked = parseReference(path);
  if (url === undefined || asked === undefined) return { cause: 'off-base' };
  const answer = await getJson(session, url);
  if ('cause' in answer) return answer;
  const { value } = answer;
  if (!isResource(value) || value.resourceType !== asked.type || value.id !== asked.id)
    return { cause: 'wrong-resource' };
  if (!isReadable(value)) return { cause: 'unreadable' };
  if (isPartial(value)) return { cause: 'partial' };
  return { entry: { resource: value, fullUrl: `${session.base}/${asked.type}/${asked.id}` } };
}

function readPath(reference: string, base: string): string | undefined {
  const parsed = parseReference(reference);
  if (parsed === undefined || !ROLE_TYPES.has(parsed.type) || !isFhirId(parsed.id)) return undefined;
  if (parsed.base !== undefined && readBaseUrl(parsed.base) !== base) return undefined;
  if (parsed.version === undefined) return `${parsed.type}/${parsed.id}`;
  return isFhirId(parsed.version) ? `${parsed.type}/${parsed.id}/_history/${parsed.version}` : undefined;
}

function referencesAt(resource: Resource, steps: readonly string[]): readonly string[] {
  let nodes: readonly unknown[] = [resource];
  for (const step of steps) {
    nodes = nodes.flatMap((node) => {
      const value: unknown =
        typeof node === 'object' && node !== null ? (node as Record<string, unknown>)[step] : undefined;
      return value === undefined ? [] : value;
    });
  }
  return nodes.flatMap((node) => referenceIn(node) ?? []);
}
