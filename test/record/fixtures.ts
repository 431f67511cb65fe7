import type { PrefetchTemplate } from '../../src/schemas/service.js';

/** Synthetic: no record of a person. */
export const PATIENT_ID = 'synthetic-1';

export const PATIENT = { resourceType: 'Patient', id: PATIENT_ID, birthDate: '1970-01-01' } as const;

export const PATIENT_KEY: PrefetchTemplate = {
  key: 'patient',
  template: 'Patient/{{context.patientId}}',
  types: ['Patient'],
  required: true,
};

export const PROCEDURES_KEY: PrefetchTemplate = {
  key: 'procedures',
  template: 'Procedure?patient={{context.patientId}}',
  types: ['Procedure'],
  required: false,
};

export const CONDITIONS_KEY: PrefetchTemplate = {
  key: 'conditions',
  template: 'Condition?patient={{context.patientId}}',
  types: ['Condition'],
  required: false,
};

export function procedure(id: string, more: Readonly<Record<string, unknown>> = {}) {
  return { resourceType: 'Procedure', id, subject: { reference: `Patient/${PATIENT_ID}` }, ...more };
}

export function searchset(resources: readonly unknown[], more: Readonly<Record<string, unknown>> = {}) {
  const entry = resources.map((resource) => ({ resource, search: { mode: 'match' } }));
  return { resourceType: 'Bundle', type: 'searchset', ...(entry.length > 0 ? { entry } : {}), ...more };
}

export const nextLink = (url: unknown) => ({ link: [{ relation: 'next', url }] });

export const OUTCOME = {
  resourceType: 'OperationOutcome',
  issue: [{ severity: 'error', code: 'transient' }],
} as const;
