import { orderFacts } from '../facts/fact-order.js';
import type { Provenance } from '../protocol/load-protocol.js';
import type { Protocol } from '../protocol/protocol.js';
import { type Finding, findingAt } from '../yaml/findings.js';
import type { CompiledVersion } from './compile-version.js';
import { type Criterion, isRule, type Otherwise } from './criterion.js';
import { typesBehind } from './types-behind.js';

/**
 * What only shows once expressions are compiled: facts that use each other in a circle, facts and parameters that
 * nothing uses, rules over what is answered after them, criteria that refuse where they may not, parts of no whole, and
 * criteria that read a resource type which their `needs` does not name, so that a gap in it would go unnoticed.
 */
export function checkCompiled(
  protocol: Protocol,
  compiled: CompiledVersion,
  provenance: Provenance,
): readonly Finding[] {
  const circles = factsInCircles(compiled, provenance);
  if (circles.length > 0) return circles;
  return [
    ...unusedNames(protocol, compiled, provenance),
    ...compiled.criteria.flatMap((rule, place) => outOfReach(rule, place, compiled, provenance)),
    ...compiled.criteria.flatMap((criterion) => [
      ...beyondItsEffect(criterion, provenance),
      ...partOfNothing(criterion, compiled, provenance),
      ...unnamedNeeds(criterion, compiled, provenance),
    ]),
  ];
}

function factsInCircles({ facts }: CompiledVersion, provenance: Provenance): readonly Finding[] {
  return orderFacts(facts, facts.keys()).cycle.map((name) =>
    findingAt(provenance.facts.get(name)!, ['facts', name], 'a fact that builds on itself', 'facts without a circle'),
  );
}

function unusedNames(
  { parameters }: Protocol,
  { facts, criteria, rules, version }: CompiledVersion,
  provenance: Provenance,
): readonly Finding[] {
  const used = new Set([
    ...criteria.flatMap(({ uses }) => [...uses]),
    ...rules.flatMap(({ variables }) => [...variables]),
  ]);
  for (const { name, uses } of orderFacts(facts, used).order) {
    used.add(name);
    for (const other of uses) used.add(other);
  }
  const expected = `a use in version ${version.file.version}`;
  return [
    ...[...facts.keys()]
      .filter((name) => !used.has(name))
      .map((name) => findingAt(provenance.facts.get(name)!, ['facts', name], 'a fact that nothing uses', 'a use')),
    ...parameters
      .filter(({ name }) => !used.has(name))
      .map(({ name }) =>
        findingAt(provenance.parameters.get(name)!, [], `parameter ${name}, which nothing uses`, expected),
      ),
  ];
}

/** Criteria that a rule names and cannot see: another thing bears their name, or they are answered after it. */
function outOfReach(
  rule: Criterion,
  place: number,
  { facts, criteria }: CompiledVersion,
  provenance: Provenance,
): readonly Finding[] {
  if (!isRule(rule)) return [];
  const { document, index } = provenance.criteria.get(rule.id)!;
  const at = (found: string, expected: string): Finding =>
    findingAt(document, ['criteria', index, 'readings'], found, expected);
  return criteria.flatMap((other, otherPlace) => {
    const { id, variable } = other;
    if (!rule.decidedBy.has(variable)) return [];
    const taken = `%${variable}, which is a fact as well as the criterion ${id}`;
    const later = `%${variable}, a rule that does not stand before this one`;
    return [
      ...(facts.has(variable) ? [at(taken, 'a criterion with a name of its own')] : []),
      ...(isRule(other) && otherPlace >= place ? [at(later, 'criteria that are answered before it')] : []),
    ];
  });
}

function beyondItsEffect(criterion: Criterion, provenance: Provenance): readonly Finding[] {
  if (criterion.effect !== 'review-at-most' || ![...criterion.answers, criterion.otherwise].some(isRefusal)) return [];
  const { document, index } = provenance.criteria.get(criterion.id)!;
  const expected = 'review, the most that such a criterion says';
  return [findingAt(document, ['criteria', index, 'effect'], 'review-at-most beside not-met', expected)];
}

/** A part bears on the outcome through a rule that names it, and through nothing else. */
function partOfNothing(
  { id, effect, variable }: Criterion,
  { criteria }: CompiledVersion,
  provenance: Provenance,
): readonly Finding[] {
  if (effect !== 'part' || criteria.some((rule) => isRule(rule) && rule.decidedBy.has(variable))) return [];
  const { document, index } = provenance.criteria.get(id)!;
  const expected = `readings of a criterion that name %${variable}, or another effect`;
  return [findingAt(document, ['criteria', index, 'effect'], 'part, which is part of nothing', expected)];
}

function unnamedNeeds(
  { id, needs, decidedBy: variables, readsTypes: resourceTypes }: Criterion,
  { facts }: CompiledVersion,
  provenance: Provenance,
): readonly Finding[] {
  const { document, index } = provenance.criteria.get(id)!;
  return [...typesBehind(facts, { variables, resourceTypes })]
    .filter((type) => !needs.includes(type))
    .map((type) =>
      findingAt(document, ['criteria', index, 'needs'], `${type} is read and not named`, `${type} among the needs`),
    );
}

function isRefusal({ status }: Otherwise): boolean {
  return status === 'not-met';
}
