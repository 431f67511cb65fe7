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
 * Puts facts that are expressions into one function with those right before and after them.
 *
 * @param order each fact after what it builds on
 */
export function inSteps(order: readonly Fact[]): readonly FactStep[] {
  const steps: Fact[][] = [];
  for (const fact of order) {
    const last = steps.at(-1);
    if (last !== undefined && canBeTogether(fact) && canBeTogether(last[0]!)) last.push(fact);
    else steps.push([fact]);
  }
  return steps.map((facts) => ({ facts, together: facts.length > 1 ? together(facts) : undefined }));
}

function canBeTogether({ asked, holds }: Fact): boolean {
  return asked !== undefined && holds !== undefined && asked.expression.generated === true;
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
      const list = writer.define(`asList(${js})`);
      sequence.define(name, { js, shape: shapeOfVariable(holds!), many: value.many });
      return list;
    }),
  );
  writer.line(`return [${lists.join(', ')}];`);
  return sequence.finish();
}
