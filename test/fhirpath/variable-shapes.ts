import type { VariableShape } from '../../src/fhirpath/code/shape.js';
import type { EvaluationScope } from '../../src/fhirpath/expression.js';

/** What the variables of a scope look like, as the protocol's facts would declare it. */
export function shapesOf({ variables }: EvaluationScope): (name: string) => VariableShape | undefined {
  return (name) => {
    if (!Object.hasOwn(variables, name)) return undefined;
    const [first] = [variables[name]].flat() as unknown[];
    if (typeof first !== 'object' || first === null) return 'value';
    const type = (first as { resourceType?: unknown }).resourceType;
    return typeof type === 'string' ? { resource: type } : 'row';
  };
}
