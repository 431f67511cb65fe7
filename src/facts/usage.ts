import type { Expression } from '../fhirpath/expression.js';

/** What a set of expressions looks at, together. */
export function usageOf(expressions: readonly Expression[]): {
  readonly uses: ReadonlySet<string>;
  readonly resourceTypes: ReadonlySet<string>;
} {
  return {
    uses: new Set(expressions.flatMap((expression) => [...expression.variables])),
    resourceTypes: new Set(expressions.flatMap((expression) => [...expression.resourceTypes])),
  };
}
