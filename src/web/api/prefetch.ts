import type { Bundle, CodeableConcept } from 'fhir/r4';
import { FHIR_BASE } from './fhir';
import { ofType, type Resource } from './resource';
import { fitsToken } from './search-token';

export interface PrefetchSource {
  readonly patientId: string;
  /** The record as the physician sees it, with the changed facts. */
  readonly record: readonly Resource[];
  /** Resource types that this EHR fails to give. */
  readonly failing: readonly string[];
}

/** Answers every prefetch template of a service from the record, as an EHR does before it calls. */
export function fillPrefetch(
  templates: Readonly<Record<string, string>>,
  source: PrefetchSource,
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(templates).map(([key, template]) => [key, answer(template, source)]));
}

function answer(template: string, { patientId, record, failing }: PrefetchSource): unknown {
  const [path = '', query] = template.replaceAll('{{context.patientId}}', patientId).split('?');
  const [type = '', id] = path.split('/');
  if (failing.includes(type)) return FAILURE;
  if (query === undefined) {
    return record.find((resource) => resource.resourceType === type && resource.id === id) ?? null;
  }
  const parameters = new URLSearchParams(query);
  const matches = record.filter((resource) => resource.resourceType === type && fits(resource, parameters));
  const roles = type === 'Procedure' || type === 'Encounter' ? ofType(record, 'PractitionerRole') : [];
  return searchset(matches, matches.length === 0 ? [] : roles);
}

/** What a client sends for a key that it tried to fill in vain. */
const FAILURE = {
  resourceType: 'OperationOutcome',
  issue: [{ severity: 'error', code: 'exception', diagnostics: 'The sandbox was asked to fail here.' }],
};

function searchset(matches: readonly Resource[], included: readonly Resource[]): Bundle {
  const entry = (resource: Resource, mode: 'match' | 'include') => ({
    fullUrl: `${location.origin}${FHIR_BASE}/${resource.resourceType}/${resource.id ?? ''}`,
    resource,
    search: { mode },
  });
  return {
    resourceType: 'Bundle',
    type: 'searchset',
    total: matches.length,
    entry: [
      ...matches.map((resource) => entry(resource, 'match')),
      ...included.map((resource) => entry(resource, 'include')),
    ],
  };
}

/** The record holds one patient, so `patient` always fits; `status` and `code` are looked at. */
function fits(resource: Resource, parameters: URLSearchParams): boolean {
  const { status, code } = resource as { status?: string; code?: CodeableConcept };
  const statuses = parameters.get('status')?.split(',');
  if (statuses !== undefined && !statuses.includes(status ?? '')) return false;
  const tokens = parameters.get('code')?.split(',');
  if (tokens === undefined) return true;
  return (code?.coding ?? []).some((coding) => fitsToken(coding, tokens));
}
