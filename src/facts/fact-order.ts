import type { Fact } from './fact.js';

/**
 * The facts that a set of names builds on, each after everything it uses itself.
 *
 * @returns `cycle` names the facts that use each other in a circle, which no order can satisfy
 */
export function orderFacts(
  facts: ReadonlyMap<string, Fact>,
  wanted: Iterable<string>,
): { readonly order: readonly Fact[]; readonly cycle: readonly string[] } {
  const order: Fact[] = [];
  const state = new Map<string, 'open' | 'done'>();
  const cycle: string[] = [];
  const visit = (name: string): void => {
    const fact = facts.get(name);
    if (fact === undefined || state.get(name) === 'done') return;
    if (state.get(name) === 'open') {
      cycle.push(name);
      return;
    }
    state.set(name, 'open');
    for (const used of fact.uses) visit(used);
    state.set(name, 'done');
    order.push(fact);
  };
  for (const name of wanted) visit(name);
  return { order, cycle };
}
