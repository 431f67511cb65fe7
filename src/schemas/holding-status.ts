/** Statuses of a QuestionnaireResponse whose answers hold. @source https://hl7.org/fhir/R4/valueset-questionnaire-answers-status.html */
export const FORM_HOLDS: ReadonlySet<unknown> = new Set(['completed', 'amended']);

/** Statuses of an Observation whose value holds. @source https://hl7.org/fhir/R4/valueset-observation-status.html */
export const MEASUREMENT_HOLDS: ReadonlySet<unknown> = new Set(['final', 'amended', 'corrected']);
