import { orderFacts } from '../facts/fact-order.js';
import type { Provenance } from '../protocol/load-protocol.js';
import type { Protocol } from '../protocol/protocol.js';
import { type Finding, findingAt } from '../yaml/findings.js';
import type { CompiledVersion } from './compile-version.js';
import type { Otherwise } from './criterion.js';
import { typesBehind } from './types-behind.js';

/**
 * What only shows once expressions are compiled: facts that use each other in a circle, facts and parameters that
 * nothing uses, rules over what is answered after them, criteria that refuse where they may not, and criteria that read a
 * resource type which their `needs` does not name, so that a gap in it would go unnoticed.
 */
export function checkCompiled(
  protocol: Protocol,
  compiled: CompiledVersion,
  provenance: Provenance,
): readonly Finding[] {
  const findings: Finding[] = [];
  const { facts, criteria, rules } = compiled;
  const { cycle } = orderFacts(facts, facts.keys());
  for (const name of cycle) {
    findings.push(
      findingAt(provenance.facts.get(name)!, ['facts', name], 'a fact that builds on itself', 'facts without a circle'),
    );
  }
  if (cycle.length > 0) return findings;

  const used = new Set([
    ...criteria.flatMap(({ uses }) => [...uses]),
    ...rules.flatMap(({ variables }) => [...variables]),
  ]);
  for (const { name, uses } of orderFacts(facts, used).order) {
    used.add(name);
    for (const other of uses) used.add(other);
  }
  for (const name of facts.keys()) {
    if (!used.has(name))
      findings.push(findingAt(provenance.facts.get(name)!, ['facts', name], 'a fact that nothing uses', 'a use'));
  }
  for (const { name } of protocol.parameters) {
    if (used.has(name)) continue;
    const expected = `a use in version ${compiled.version.file.version}`;
    findings.push(findingAt(provenance.parameters.get(name)!, [], `parameter ${name}, which nothing uses`, expected));
  }

  for (const [place, rule] of criteria.entries()) {
    if (rule.readings.length === 0) continue;
    const { document, index } = provenance.criteria.get(rule.id)!;
    const at = (found: string, expected: string): void => {
      findings.push(findingAt(document, ['criteria', index, 'readings'], found, expected));
    };
    for (const [other, { id, variable, readings }] of criteria.entries()) {
      if (!rule.decidedBy.has(variable)) continue;
      if (facts.has(variable)) {
        at(`%${variable}, which is a fact as well as the criterion ${id}`, 'a criterion with a name of its own');
      }
      if (readings.length > 0 && other >= place) {
        at(`%${variable}, a rule that does not stand before this one`, 'criteria that are answered before it');
      }
    }
  }
  for (const criterion of criteria) {
    const { document, index } = provenance.criteria.get(criterion.id)!;
    if (criterion.effect === 'review-at-most' && [...criterion.answers, criterion.otherwise].some(isRefusal)) {
      const expected = 'review, the most that such a criterion says';
      findings.push(findingAt(document, ['criteria', index, 'effect'], 'review-at-most beside not-met', expected));
    }
    const { decidedBy: variables, readsTypes: resourceTypes } = criterion;
    for (const type of typesBehind(facts, { variables, resourceTypes })) {
      if (criterion.needs.includes(type)) continue;
      findings.push(
        findingAt(document, ['criteria', index, 'needs'], `${type} is read and not named`, `${type} among the needs`),
      );
    }
  }
  return findings;
}

function isRefusal({ status }: Otherwise): boolean {
  return status === 'not-met';
}
