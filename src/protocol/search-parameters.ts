/**
 * Search parameters by which a template may narrow what it asks, by resource type. Those of a type that is not listed
 * are not known here: it can be asked for by patient alone.
 * @source https://hl7.org/fhir/R4/searchparameter-registry.html
 */
const NARROWING: Readonly<Record<string, readonly string[]>> = {
  Condition: [
    'category',
    'clinical-status',
    'code',
    'encounter',
    'onset-date',
    'recorded-date',
    'severity',
    'verification-status',
  ],
  Encounter: ['class', 'date', 'participant-type', 'reason-code', 'service-provider', 'status', 'type'],
  MedicationRequest: ['authoredon', 'category', 'code', 'date', 'encounter', 'intent', 'status'],
  MedicationStatement: ['category', 'code', 'context', 'effective', 'status'],
  Observation: ['category', 'code', 'date', 'encounter', 'status'],
  Patient: ['_id'],
  Procedure: ['category', 'code', 'date', 'encounter', 'reason-code', 'status'],
  QuestionnaireResponse: ['authored', 'encounter', 'questionnaire', 'status'],
  ServiceRequest: ['authored', 'category', 'code', 'encounter', 'intent', 'occurrence', 'performer-type', 'status'],
};

/** Parameters that name the patient; a search on Patient itself has `_id`. */
export function patientParameters(type: string): readonly string[] {
  return type === 'Patient' ? ['_id'] : ['patient', 'subject'];
}

/** Every parameter that a search for this type may have. */
export function searchParameters(type: string): readonly string[] {
  return [...new Set([...patientParameters(type), ...(NARROWING[type] ?? []), '_count', '_sort'])];
}
