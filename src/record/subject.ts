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
  if (Array.isArray(element)) return element.some((each) => namesAnother(each, usual, patientId));
  const reference = typeof element === 'string' ? element : (element as { readonly reference?: unknown }).reference;
  if (typeof reference !== 'string' || reference === usual) return false;
  const id = patientIn(reference);
  return id !== undefined && id !== patientId;
}

const PATIENT = /(?:^|\/)patient\/([A-Za-z0-9.-]{1,64})/i;

/** The id of the patient that a reference names, also where it is not written as one should be. */
function patientIn(reference: string): string | undefined {
  const named = parseReference(reference);
  if (named !== undefined) return named.type === 'Patient' ? named.id : undefined;
  return PATIENT.exec(reference)?.[1];
}
