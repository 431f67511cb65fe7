import type { FhirResource } from 'fhir/r4';

/** Any FHIR R4 resource. */
export type Resource = FhirResource;

/** `Type/id`. */
export function referenceTo(resource: Resource): string {
  return `${resource.resourceType}/${resource.id ?? ''}`;
}

/** The resources of one type, typed as such. */
export function ofType<T extends Resource['resourceType']>(
  resources: readonly Resource[],
  type: T,
): readonly Extract<Resource, { resourceType: T }>[] {
  return resources.filter(
    (resource): resource is Extract<Resource, { resourceType: T }> => resource.resourceType === type,
  );
}
