import fhirpath, { type Compile } from 'fhirpath';
import r4 from 'fhirpath/fhir-context/r4';
import type { Resource } from '../schemas/resource.js';
import { type CompileOptions, type EvaluationScope, type Expression, ExpressionFailed } from './expression.js';

/** Compiles an expression for fhirpath.js, the reference engine. */
export function compileReference(source: string, options: CompileOptions): Expression {
  let scope: EvaluationScope | undefined;
  const table = {
    memberOf: {
      fn: (codings: { system?: string; code?: string }[], valueSet: string) =>
        codings.map((coding) => options.memberOf(valueSet, coding?.system, coding?.code)),
      arity: { 1: ['String'] },
    },
    resolve: {
      fn: (references: (string | { reference?: string })[]) =>
        references.flatMap((reference) => {
          const text = typeof reference === 'string' ? reference : reference?.reference;
          const found = text === undefined ? undefined : scope?.record.resolve(text, scope.container as Resource);
          return found === undefined ? [] : [found];
        }),
      arity: { 0: [] },
    },
  };
  const compiled = fhirpath.compile(
    options.focusType === undefined ? source : { base: options.focusType, expression: source },
    r4 as never,
    { userInvocationTable: table as never, resolveInternalTypes: true } as never,
  ) as Compile<unknown>;
  return {
    source,
    engine: 'reference',
    resourceTypes: new Set(),
    variables: new Set(),
    evaluate(current) {
      scope = current;
      try {
        return compiled((current.focus ?? current.record.resources) as never, current.variables as never) as unknown[];
      } catch (cause) {
        throw new ExpressionFailed(source, cause);
      }
    },
  };
}
