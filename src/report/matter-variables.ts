import { computeFacts, type Failure } from '../facts/compute-facts.js';
import type { Variables } from '../facts/fact.js';
import { oneByOne } from '../facts/fact-steps.js';
import { orderFacts } from '../facts/fact-order.js';
import { type EvaluationScope, type Expression, ExpressionFailed } from '../fhirpath/expression.js';
import type { Protocol } from '../protocol/protocol.js';
import type { CompiledVersion } from '../verdicts/compile-version.js';
import { type Matter, variablesOf } from '../verdicts/matter.js';

/** Told of each rule that could not be evaluated. */
export type FailureHeard = (failure: Failure) => void;

/** The variables that the report's expressions use, and those that could not be worked out. */
export interface MatterVariables {
  readonly variables: Variables;
  readonly absent: ReadonlySet<string>;
  /**
   * What these expressions give together; nothing when one of them, or a fact that it builds on, cannot be worked out on
   * this record. An expression that fails on many rows is told once.
   *
   * @param name of what they are for, by which a failure is told
   */
  evaluate<T>(name: string, expressions: readonly Expression[], run: (scope: EvaluationScope) => T): T | undefined;
}

/**
 * Works out the facts that a report needs, as the verdicts did: same record, same day, same files. They are computed
 * again because they are not kept with an assessment; a report is made only when someone opens it.
 */
export function matterVariables(
  protocol: Protocol,
  version: CompiledVersion,
  matter: Matter,
  wanted: Iterable<string>,
  failed: FailureHeard,
): MatterVariables {
  const variables = variablesOf(protocol, matter);
  const scope = { record: matter.record, variables };
  const { absent, failures } = computeFacts(oneByOne(orderFacts(version.facts, wanted).order), scope);
  const heard = new Set<string>();
  const once: FailureHeard = (failure) => {
    if (heard.has(failure.expression)) return;
    heard.add(failure.expression);
    failed(failure);
  };
  failures.forEach(once);
  return {
    variables,
    absent,
    evaluate(name, expressions, run) {
      if (expressions.some((one) => [...one.variables].some((variable) => absent.has(variable)))) return undefined;
      try {
        return run(scope);
      } catch (error) {
        if (!(error instanceof ExpressionFailed)) throw error;
        once({ name, expression: error.expression });
        return undefined;
      }
    },
  };
}
