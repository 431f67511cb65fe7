import { computeFacts, type Failure } from '../facts/compute-facts.js';
import type { Variables } from '../facts/fact.js';
import { oneByOne } from '../facts/fact-steps.js';
import { orderFacts } from '../facts/fact-order.js';
import { parameterOn } from '../protocol/parameters.js';
import type { Protocol } from '../protocol/protocol.js';
import type { GatheredRecord } from '../schemas/record.js';
import type { Resource } from '../schemas/resource.js';
import type { Assessment } from '../schemas/verdict.js';
import type { CompiledVersion } from '../verdicts/compile-version.js';

export interface ReportMatter {
  readonly protocol: Protocol;
  readonly version: CompiledVersion;
  readonly assessment: Assessment;
  readonly record: GatheredRecord;
  readonly order: Resource;
  readonly referral: Resource | undefined;
}

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
export function matterVariables(matter: ReportMatter, wanted: Iterable<string>): MatterVariables {
  const { protocol, version, assessment, record, order, referral } = matter;
  const { asOf, referredOn, phase, scores } = assessment;
  const variables: Variables = { phase, order, referral: referral ?? [], asOf, referredOn, scores };
  for (const parameter of protocol.parameters) variables[parameter.name] = parameterOn(parameter, asOf) ?? [];
  const { absent, failures } = computeFacts(oneByOne(orderFacts(version.facts, wanted).order), { record, variables });
  return { variables, absent, failures };
}
