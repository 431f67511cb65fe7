import { randomUUID } from 'node:crypto';
import type { Resource } from '../../src/schemas/resource.js';
import { bundleOf } from '../records/sandbox-bundle.js';

export type ServiceId = 'imsr-referral' | 'imsr-referral-select' | 'imsr-indication' | 'imsr-overview';
type Json = Record<string, unknown>;

export interface HookCall extends Json {
  hook: string;
  hookInstance: string;
  context: Json;
  prefetch?: Record<string, unknown>;
}

export function resourcesOf(patientId: string): readonly (Resource & { readonly id: string })[] {
  return bundleOf(patientId).entry.map(({ resource }) => resource);
}

const HOOKS: Readonly<Record<ServiceId, string>> = {
  'imsr-referral': 'order-sign',
  'imsr-referral-select': 'order-select',
  'imsr-indication': 'order-sign',
  'imsr-overview': 'patient-view',
};
const KEYS: Readonly<Record<string, string>> = {
  conditions: 'Condition',
  procedures: 'Procedure',
  encounters: 'Encounter',
  questionnaireResponses: 'QuestionnaireResponse',
  serviceRequests: 'ServiceRequest',
  observations: 'Observation',
  medicationStatements: 'MedicationStatement',
  medicationRequests: 'MedicationRequest',
};
/** The keys that a referrer's services ask for. */
const REFERRAL_KEYS = ['conditions', 'procedures', 'encounters', 'questionnaireResponses', 'serviceRequests'];

/** The draft, as an order of this phase. */
export function draftOf(
  patientId: string,
  code: 'imsr-referral' | 'imsr-treatment',
): Resource & { readonly id: string } {
  const draft = resourcesOf(patientId).find(({ status }) => status === 'draft')!;
  return { ...draft, code: { coding: [{ system: 'https://imsr-cds.example/fhir/CodeSystem/imsr-order', code }] } };
}

/** A call without prefetch: the service has to fetch. */
export function bareCall(service: ServiceId, patientId: string): HookCall {
  const hook = HOOKS[service];
  const draft = draftOf(patientId, service.startsWith('imsr-referral') ? 'imsr-referral' : 'imsr-treatment');
  const context: Json = { userId: 'Practitioner/synthetic', patientId };
  if (hook !== 'patient-view') context['draftOrders'] = { resourceType: 'Bundle', entry: [{ resource: draft }] };
  if (hook === 'order-select') context['selections'] = [`ServiceRequest/${draft.id}`];
  return { hook, hookInstance: randomUUID(), context };
}

/** A call with all that the service asks for sent along, as an EHR does that has it. */
export function fullCall(service: ServiceId, patientId: string): HookCall {
  const call = bareCall(service, patientId);
  const resources = resourcesOf(patientId);
  const roles = resources.filter(({ resourceType }) => resourceType === 'PractitionerRole');
  const searchset = (type: string) => ({
    resourceType: 'Bundle',
    type: 'searchset',
    entry: [
      ...resources
        .filter(({ resourceType, status }) => resourceType === type && status !== 'draft')
        .map((resource) => ({ resource, search: { mode: 'match' } })),
      ...(type === 'Procedure' ? roles.map((resource) => ({ resource, search: { mode: 'include' } })) : []),
    ],
  });
  const keys = service.startsWith('imsr-referral') ? REFERRAL_KEYS : Object.keys(KEYS);
  const prefetch: Record<string, unknown> = {
    patient: resources.find(({ resourceType }) => resourceType === 'Patient'),
    ...Object.fromEntries(keys.map((key) => [key, searchset(KEYS[key]!)])),
  };
  if (service === 'imsr-overview') {
    // Of a chart that is opened nothing is a draft: the order has been placed.
    const placed = { ...draftOf(patientId, 'imsr-treatment'), status: 'active' };
    const orders = prefetch['serviceRequests'] as { entry: unknown[] };
    orders.entry.push({ resource: placed });
  }
  return { ...call, prefetch };
}
