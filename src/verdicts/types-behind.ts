import type { Fact } from '../facts/fact.js';
import { orderFacts } from '../facts/fact-order.js';
import { typesBehindGiven } from '../protocol/given-variables.js';

/** What something looks at: variables, and resource types in the record itself. */
interface Looking {
  readonly variables: ReadonlySet<string>;
  readonly resourceTypes: ReadonlySet<string>;
}

/** The resource types that something rests on: what it reads itself, what its facts read, and what scores are read from. */
export function typesBehind(
  facts: ReadonlyMap<string, Fact>,
  { variables, resourceTypes }: Looking,
): ReadonlySet<string> {
  const { order } = orderFacts(facts, variables);
  const used = [...variables, ...order.flatMap(({ uses }) => [...uses])];
  return new Set([
    ...resourceTypes,
    ...order.flatMap((fact) => [...fact.resourceTypes]),
    ...used.flatMap(typesBehindGiven),
  ]);
}
