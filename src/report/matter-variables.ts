import { computeFacts, type Failure } from '../facts/compute-facts.js';
import type { Variables } from '../facts/fact.js';
import { oneByOne } from '../facts/fact-steps.js';
import { orderFacts } from '../facts/fact-order.js';
import type { Protocol } from '../protocol/protocol.js';
import type { CompiledVersion } from '../verdicts/compile-version.js';
import { type Matter, variablesOf } from '../verdicts/matter.js';

/** The variables that the report's expressions use, and those that could not be worked out. */
export interface MatterVariables {
  readonly variables: Variables;
  readonly absent: ReadonlySet<string>;
  readonly failures: readonly Failure[];
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
): MatterVariables {
  const variables = variablesOf(protocol, matter);
  const scope = { record: matter.record, variables };
  const { absent, failures } = computeFacts(oneByOne(orderFacts(version.facts, wanted).order), scope);
  return { variables, absent, failures };
}
