import { computeFacts, type Failure } from '../facts/compute-facts.js';
import type { Variables } from '../facts/fact.js';
import { oneByOne } from '../facts/fact-steps.js';
import { orderFacts } from '../facts/fact-order.js';
import type { Protocol } from '../protocol/protocol.js';
import type { CompiledVersion } from '../verdicts/compile-version.js';
import { type Matter, variablesOf } from '../verdicts/matter.js';

/** Told of each rule that could not be evaluated. */
export type FailureHeard = (failure: Failure) => void;

/** The variables that the report's expressions use, those that could not be worked out, and who is told what fails. */
export interface MatterVariables {
  readonly variables: Variables;
  readonly absent: ReadonlySet<string>;
  /** An expression that fails on many rows is told once. */
  readonly failed: FailureHeard;
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
  return { variables, absent, failed: once };
}
