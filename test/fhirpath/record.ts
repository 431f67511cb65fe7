import type { EvaluationScope, Membership } from '../../src/fhirpath/expression.js';
import type { GatheredRecord } from '../../src/schemas/record.js';
import { type Resource, referenceTo } from '../../src/schemas/resource.js';

/** A record that holds these resources and knows of no gap. */
export function recordOf(resources: readonly Resource[]): GatheredRecord {
  return {
    resources,
    keys: [],
    byType: (resourceType) => resources.filter((resource) => resource.resourceType === resourceType),
    gapIn: () => undefined,
    resolve(reference, container) {
      if (!reference.startsWith('#')) return resources.find((resource) => referenceTo(resource) === reference);
      const contained = container?.['contained'];
      return Array.isArray(contained)
        ? ((contained as (Resource | null)[]).find((each) => `#${each?.id}` === reference) ?? undefined)
        : undefined;
    },
  };
}

/** A scope over the whole record. */
export function scopeOf(
  resources: readonly Resource[],
  variables: Readonly<Record<string, unknown>> = {},
): EvaluationScope {
  return { record: recordOf(resources), variables };
}

/** The value sets that the tests know: codes that start with `p` are physical therapy, with `m` psychological. */
export function memberOf(valueSet: string): Membership {
  return (_, code) => code?.startsWith(valueSet === 'physical' ? 'p' : 'm') ?? false;
}
