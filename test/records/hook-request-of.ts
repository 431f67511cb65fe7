import type { Bundle } from 'fhir/r4.js';
import type { HookRequest } from '../../src/schemas/hook-request.js';
import type { Resource } from '../../src/schemas/resource.js';
import type { ServiceDefinition } from '../../src/schemas/service.js';

/** Any valid UUID; a real client gives each call its own. */
export const HOOK_INSTANCE = '11111111-2222-4333-8444-555555555555';

/**
 * The call an EHR makes for a synthetic record: drafts in the context, the rest as prefetch for every key of the
 * service. Practitioner roles come along with the treatments that refer to them.
 */
export function hookRequestOf(bundle: Bundle, service: Pick<ServiceDefinition, 'hook' | 'prefetch'>): HookRequest {
  const resources = (bundle.entry ?? []).map(({ resource }) => resource as unknown as Resource);
  const drafts = resources.filter((resource) => isDraft(resource));
  const patient = resources.find(({ resourceType }) => resourceType === 'Patient');
  const roles = resources.filter(({ resourceType }) => resourceType === 'PractitionerRole');
  const prefetch: Record<string, unknown> = {};
  for (const { key, types } of service.prefetch) {
    if (types.includes('Patient')) {
      prefetch[key] = patient ?? null;
      continue;
    }
    const matches = resources.filter((resource) => types.includes(resource.resourceType) && !isDraft(resource));
    const treated = types.includes('Procedure') || types.includes('Encounter');
    const included = treated && matches.length > 0 ? roles : [];
    prefetch[key] = {
      resourceType: 'Bundle',
      type: 'searchset',
      total: matches.length,
      entry: [
        ...matches.map((resource) => ({ resource, search: { mode: 'match' } })),
        ...included.map((resource) => ({ resource, search: { mode: 'include' } })),
      ],
    };
  }
  const draftOrders = { resourceType: 'Bundle', entry: drafts.map((resource) => ({ resource })) };
  const selections = drafts.map(({ resourceType, id }) => `${resourceType}/${id ?? ''}`);
  return {
    hook: service.hook,
    hookInstance: HOOK_INSTANCE,
    context: {
      userId: 'Practitioner/synthetic-physician',
      patientId: patient?.id ?? 'synthetic',
      ...(service.hook === 'patient-view' ? {} : { draftOrders }),
      ...(service.hook === 'order-select' ? { selections } : {}),
    },
    prefetch,
  } as unknown as HookRequest;
}

function isDraft(resource: Resource): boolean {
  return resource.resourceType === 'ServiceRequest' && resource['status'] === 'draft';
}
