import type { RecordEntry } from './named-entries.js';
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
    return namesAnother(resource['subject'], usual, patientId) || namesAnother(resource['patient'], usual, patientId);
  });
}

function namesAnother(element: unknown, usual: string, patientId: string): boolean {
  if (element === undefined || element === null) return false;
  const { reference } = element as { readonly reference?: unknown };
  if (typeof reference !== 'string' || reference === usual) return false;
  const named = parseReference(reference);
  return named?.type === 'Patient' && named.id !== patientId;
}
