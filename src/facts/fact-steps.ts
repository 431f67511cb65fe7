import { Sequence, type SequenceRun } from '../fhirpath/code/sequence.js';
import { shapeOfVariable } from '../fhirpath/code/shape.js';
import type { Fact } from './fact.js';

/** Facts that are worked out together. */
export interface FactStep {
  readonly facts: readonly Fact[];
  /** Gives all of them, as collections; absent where each is worked out by itself. */
  readonly together?: SequenceRun<readonly (readonly unknown[])[]> | undefined;
}

/** Each fact by itself. */
export function oneByOne(order: readonly Fact[]): readonly FactStep[] {
  return order.map((fact) => ({ facts: [fact] }));
}

/**
 * Puts facts that are expressions into as few functions as what they build on allows.
 *
 * @param order each fact after what it builds on
 */
export function inSteps(order: readonly Fact[]): readonly FactStep[] {
  const places = new Map(order.map(({ name }, at) => [name, at]));
  const open = new Set(order.map(({ name }) => name));
  const steps: FactStep[] = [];
  // In a circle, which the checks find, some fact stands before what it uses.
  const isReady = ({ name, uses }: Fact): boolean =>
    [...uses].every((used) => !open.has(used) || places.get(used)! >= places.get(name)!);
  /** Takes those that build on nothing that is open, and opens the way for those that build on them. */
  const take = (wanted: (fact: Fact) => boolean, most: number): readonly Fact[] => {
    const taken: Fact[] = [];
    for (const fact of order) {
      if (taken.length === most || !open.has(fact.name) || !wanted(fact) || !isReady(fact)) continue;
      open.delete(fact.name);
      taken.push(fact);
    }
    return taken;
  };
  while (open.size > 0) {
    const facts = take(canBeTogether, MOST_TOGETHER);
    if (facts.length > 0) steps.push({ facts, together: facts.length > 1 ? together(facts) : undefined });
    else steps.push(...oneByOne(take((fact) => !canBeTogether(fact), order.length)));
  }
  return steps;
}

/** Functions of many more are so long that V8 takes its time to optimise them. */
const MOST_TOGETHER = 40;

function canBeTogether({ asked, holds }: Fact): boolean {
  return asked !== undefined && holds !== undefined && asked.expression.inline !== undefined;
}

function together(facts: readonly Fact[]): FactStep['together'] {
  const sequence = Sequence.of(facts.map(({ asked }) => asked!.expression));
  if (sequence === undefined) return undefined;
  const { writer } = sequence;
  const lists = facts.map(({ name, asked, holds }) =>
    writer.section(() => {
      const { expression, as } = asked!;
      const value = sequence.value(expression);
      const answer = sequence.text(value);
      const js = as === undefined ? answer : writer.define(`${writer.constant(as)}(${answer})`);
      const list = writer.define(`list(${js})`);
      sequence.define(name, { js, shape: shapeOfVariable(holds!), many: value.many });
      return list;
    }),
  );
  writer.line(`return [${lists.join(', ')}];`);
  return sequence.finish();
}
