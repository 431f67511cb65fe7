import type { VariableShape } from '../fhirpath/code/shape.js';
import type { CompiledTypes } from '../protocol/check-expressions.js';
import type { CompiledVersion } from './compile-version.js';

/** The resource types of what facts hold and evidence is found in, as far as compiling told them. */
export function typesOf({ facts, criteria }: CompiledVersion): CompiledTypes {
  const held = [...facts].flatMap(([name, { holds }]) => {
    const type = resourceIn(holds);
    return type === undefined ? [] : [[name, type] as const];
  });
  return {
    facts: Object.fromEntries(held),
    evidence: new Map(criteria.map(({ id, evidence }) => [id, evidence.map(({ of }) => resourceIn(of.gives))])),
  };
}

function resourceIn(shape: VariableShape | undefined): string | undefined {
  return typeof shape === 'object' ? shape.resource : undefined;
}
