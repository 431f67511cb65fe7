import { ExpressionFailed, unlessFailed } from '../fhirpath/expression.js';
import { define, evaluationOf, type Fact, type FactScope } from './fact.js';
import type { FactStep } from './fact-steps.js';

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
  steps: readonly FactStep[],
  scope: FactScope,
): { readonly absent: ReadonlySet<string>; readonly failures: readonly Failure[] } {
  const absent = new Set<string>();
  const failures: Failure[] = [];
  for (const step of steps) {
    if (absent.size > 0 || !computeTogether(step, scope)) computeEach(step.facts, scope, absent, failures);
  }
  return { absent, failures };
}

/** @returns false where each has to be worked out by itself */
function computeTogether({ facts, together }: FactStep, scope: FactScope): boolean {
  // Which of several expressions failed shows when they are evaluated one by one.
  const lists = together === undefined ? undefined : unlessFailed(() => together(evaluationOf(scope)));
  if (lists === undefined) return false;
  for (let at = 0; at < facts.length; at += 1) scope.variables[facts[at]!.name] = lists[at];
  return true;
}

function computeEach(facts: readonly Fact[], scope: FactScope, absent: Set<string>, failures: Failure[]): void {
  for (const fact of facts) {
    if (absent.size > 0 && [...fact.uses].some((name) => absent.has(name))) {
      absent.add(fact.name);
      continue;
    }
    try {
      define(scope, fact.name, fact.compute(scope));
    } catch (error) {
      if (!(error instanceof ExpressionFailed)) throw error;
      absent.add(fact.name);
      failures.push({ name: fact.name, expression: error.expression });
    }
  }
}
