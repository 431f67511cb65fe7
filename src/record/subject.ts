import type { Resource } from '../schemas/resource.js';
import type { RecordEntry } from './index-record.js';
import { parseReference } from './reference.js';

/**
 * Whether any of these resources is clearly about another patient: a Patient with another id, or a resource whose
 * `subject` or `patient` names one, relative or absolute.
 * A reference without a patient id (an identifier, a contained resource, a group) is not clear; nor is a `urn:`, but
 * the Patient behind it is looked at itself.
 */
export function aboutAnotherPatient(entries: readonly RecordEntry[], patientId: string): boolean {
  const usual = `Patient/${patientId}`;
  return entries.some(({ resource }) => {
    if (resource.resourceType === 'Patient') return typeof resource.id === 'string' && resource.id !== patientId;
    return [referenceIn(resource, 'subject'), referenceIn(resource, 'patient')].some((reference) => {
      if (reference === undefined || reference === usual) return false;
      const named = parseReference(reference);
      return named?.type === 'Patient' && named.id !== patientId;
    });
  });
}

function referenceIn(resource: Resource, element: 'subject' | 'patient'): string | undefined {
  const value = resource[element] as { reference?: unknown } | null | undefined;
  return typeof value?.reference === 'string' ? value.reference : undefined;
}
