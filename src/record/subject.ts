import { isObject, type Json } from '../schemas/json-object.js';
import { referenceIn } from '../schemas/resource.js';
import type { RecordEntry } from './named-entries.js';
import { parseReference } from './reference.js';

/**
 * Whether any of these resources is clearly about another patient: a Patient with another id, or a resource whose
 * `subject` or `patient` names one, relative or absolute, or one that contains such a resource.
 * A reference without a patient id (an identifier, a contained resource, a group) is not clear; nor is a `urn:`, but
 * the Patient behind it is looked at itself. The id of a contained Patient means something in its container alone.
 */
export function aboutAnotherPatient(entries: readonly RecordEntry[], patientId: string): boolean {
  const usual = `Patient/${patientId}`;
  return entries.some(({ resource }) => {
    if (resource.resourceType === 'Patient') return typeof resource.id === 'string' && resource.id !== patientId;
    return isAboutAnother(resource, usual, patientId) || containsAnother(resource['contained'], usual, patientId);
  });
}

function containsAnother(contained: unknown, usual: string, patientId: string): boolean {
  if (contained === undefined) return false;
  return [contained].flat().some((each) => isObject(each) && isAboutAnother(each, usual, patientId));
}

function isAboutAnother({ subject, patient }: Json, usual: string, patientId: string): boolean {
  return namesAnother(subject, usual, patientId) || namesAnother(patient, usual, patientId);
}

function namesAnother(element: unknown, usual: string, patientId: string): boolean {
  if (element === undefined || element === null) return false;
  if (Array.isArray(element)) return element.some((each) => namesAnother(each, usual, patientId));
  const reference = typeof element === 'string' ? element : referenceIn(element);
  if (reference === undefined || reference === usual) return false;
  const id = patientIn(reference);
  return id !== undefined && id !== patientId;
}

const PATIENT = /(?:^|[\s/])patient\s*\/[\s/]*([A-Za-z0-9.-]{1,64})/i;

/** The id of the patient that a reference names, also where it is not written as one should be. */
function patientIn(reference: string): string | undefined {
  const named = parseReference(reference);
  if (named !== undefined) return named.type === 'Patient' ? named.id : undefined;
  return PATIENT.exec(reference)?.[1];
}
