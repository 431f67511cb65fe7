import type { Day } from '../clock.js';
import type { Variables } from '../facts/fact.js';
import { parametersOn } from '../protocol/parameters.js';
import type { Protocol } from '../protocol/protocol.js';
import type { GatheredRecord } from '../schemas/record.js';
import type { Resource } from '../schemas/resource.js';
import type { Score } from '../schemas/verdict.js';

/** What one decision is about. */
export interface Matter {
  readonly phase: string;
  readonly record: GatheredRecord;
  readonly order: Resource;
  /** The referral that started it; in the referral phase the order itself. */
  readonly referral: Resource | undefined;
  readonly asOf: Day;
  readonly referredOn: Day;
  /** The day of referral stands in something that could not be had or read; `referredOn` is then a stand-in. */
  readonly referralUnknown: boolean;
  readonly scores: readonly Score[];
}

/** The variables that an expression about a matter has before any fact is worked out, with the parameters of the day. */
export function variablesOf(protocol: Protocol, matter: Matter): Variables {
  const { phase, record, order, referral, asOf, referredOn, referralUnknown, scores } = matter;
  const gaps = gapsIn(record);
  const parameters = parametersOn(protocol.parameters, asOf);
  // What comes first is copied as a whole, which is ten times as quick as one by one. Without a prototype it is a dictionary from the
  // start: to become one takes as long again, once the facts are added.
  return {
    __proto__: null,
    ...parameters,
    phase,
    order,
    referral: referral ?? [],
    asOf,
    referredOn,
    referralUnknown,
    gaps,
    scores,
  };
}

/** The resource types of which not all that was asked for came; `*` stands for all of them. */
function gapsIn(record: GatheredRecord): readonly string[] {
  const types = new Set(record.keys.flatMap((key) => key.types));
  return [...types].filter((type) => record.gapIn(type) !== undefined);
}
