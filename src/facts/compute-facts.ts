import { ExpressionFailed } from '../fhirpath/expression.js';
import type { Fact, FactScope } from './fact.js';

/** A fact or criterion that could not be evaluated, for the log; it never holds values from the record. */
export interface Failure {
  readonly name: string;
  readonly expression: string;
}

/**
 * Computes facts in order and adds them to the scope's variables. A fact that fails is left out, and with it every
 * fact that builds on it; the criteria that need them become unknown.
 *
 * @returns names of the facts that are not there, and what failed
 */
export function computeFacts(
  order: readonly Fact[],
  scope: FactScope,
): { readonly absent: ReadonlySet<string>; readonly failures: readonly Failure[] } {
  const absent = new Set<string>();
  const failures: Failure[] = [];
  for (const fact of order) {
    if (absent.size > 0 && [...fact.uses].some((name) => absent.has(name))) {
      absent.add(fact.name);
      continue;
    }
    try {
      scope.variables[fact.name] = fact.compute(scope);
    } catch (error) {
      if (!(error instanceof ExpressionFailed)) throw error;
      absent.add(fact.name);
      failures.push({ name: fact.name, expression: error.expression });
    }
  }
  return { absent, failures };
}
