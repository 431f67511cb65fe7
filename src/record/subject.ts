import type { Resource } from '../schemas/resource.js';
import type { RecordEntry } from './index-record.js';
import { parseReference } from './reference.js';

/**
 * Whether any of these resources is clearly about another patient: a Patient with another id, or a resource whose
 * `subject` or `patient` names one. References may be relative, absolute or the `urn:` fullUrl of an entry here.
 * A reference that names no patient id (an identifier, a contained resource, an unknown urn, a group) is not clear.
 */
export function aboutAnotherPatient(entries: readonly RecordEntry[], patientId: string): boolean {
  const usual = `Patient/${patientId}`;
  let patientsByUrl: Map<string, unknown> | undefined;
  const idBehindUrl = (url: string): unknown => {
    patientsByUrl ??= new Map(entries.filter(isPatient).map((entry) => [entry.fullUrl ?? '', entry.resource.id]));
    return patientsByUrl.get(url);
  };
  return entries.some(({ resource }) => {
    if (resource.resourceType === 'Patient') return typeof resource.id === 'string' && resource.id !== patientId;
    return [referenceIn(resource, 'subject'), referenceIn(resource, 'patient')].some((reference) => {
      if (reference === undefined || reference === usual) return false;
      const named = parseReference(reference);
      const id = named === undefined ? idBehindUrl(reference) : named.type === 'Patient' ? named.id : undefined;
      return typeof id === 'string' && id !== patientId;
    });
  });
}

function isPatient(entry: RecordEntry): boolean {
  return entry.resource.resourceType === 'Patient';
}

function referenceIn(resource: Resource, element: 'subject' | 'patient'): string | undefined {
  const value = resource[element] as { reference?: unknown } | null | undefined;
  return typeof value?.reference === 'string' ? value.reference : undefined;
}
