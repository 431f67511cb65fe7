import { Seen } from '../distinct.js';
import { deoptimise } from '../deoptimise.js';
import { holds } from '../equality.js';
import { collect, count, join, list } from '../collection.js';
import { dataOf, type Item, type Items, Node } from '../item.js';
import type { SyntaxNode } from '../parse.js';
import { hasPrimitiveValue } from '../type-test.js';
import { type Builder, inputOf, only, type Run, type Step, type StepBuilders, wholeNumberOf } from './run.js';

/** The functions on a collection as a whole. @source FHIRPath 2.0.0 §5.1, 5.3, 5.4 */
export const collectionSteps: StepBuilders = {
  empty: () => step((items) => items === undefined),
  count: () => step(count),
  hasValue: () => step((items) => items !== undefined && !Array.isArray(items) && hasPrimitiveValue(items as Item)),
  first: () => step((items) => list(items)[0]),
  last: () => step((items) => list(items).at(-1)),
  single: () => step(only),
  tail: () => step((items) => collect(list(items).slice(1))),
  distinct: () => step(distinct),
  isDistinct: () => step((items) => count(distinct(items)) === count(items)),
  skip: (parameters, builder) => sliced(parameters, builder, (items, number) => items.slice(number)),
  take: (parameters, builder) => sliced(parameters, builder, (items, number) => items.slice(0, number)),
  combine: (parameters, builder) => withOther(parameters, builder, join),
  union: (parameters, builder) => withOther(parameters, builder, union),
  intersect: (parameters, builder) =>
    withOther(parameters, builder, (items, other) =>
      collect(list(distinct(items)).filter((item) => holds(list(other), item))),
    ),
  exclude: (parameters, builder) =>
    withOther(parameters, builder, (items, other) => collect(list(items).filter((item) => !holds(list(other), item)))),
  subsetOf: (parameters, builder) => withOther(parameters, builder, isSubset),
  supersetOf: (parameters, builder) => withOther(parameters, builder, (items, other) => isSubset(other, items)),
  allTrue: () => step((items) => booleans(items, false, false)),
  allFalse: () => step((items) => booleans(items, true, false)),
  anyTrue: () => step((items) => booleans(items, true, true)),
  anyFalse: () => step((items) => booleans(items, false, true)),
};

function step(work: (items: Items) => Items): Step {
  return (_, __, input) => work(inputOf(input));
}

function withOther(
  parameters: readonly SyntaxNode[],
  builder: Builder,
  work: (items: Items, other: Items) => Items,
): Step {
  const other = builder.compile(parameters[0]!);
  return (evaluation, self, input) => work(inputOf(input), other(evaluation, self));
}

function sliced(
  parameters: readonly SyntaxNode[],
  builder: Builder,
  slice: (items: readonly Item[], number: number) => readonly Item[],
): Step {
  const argument = builder.compile(parameters[0]!);
  return (evaluation, self, input) => {
    const number = wholeNumberOf(argument(evaluation, self)) ?? deoptimise();
    return collect(slice(list(inputOf(input)), number));
  };
}

function distinct(items: Items): Items {
  if (!Array.isArray(items)) return items;
  const seen = new Seen();
  return collect((items as readonly Item[]).filter((item) => seen.add(item)));
}

/** `|`: both collections without duplicates. */
function union(left: Items, right: Items): Items {
  return distinct(join(left, right));
}

export function unionRun(left: Run, right: Run): Run {
  return (evaluation, self) => union(left(evaluation, self), right(evaluation, self));
}

function isSubset(items: Items, other: Items): boolean {
  // fhirpath.js takes a longer collection for no subset, even when it repeats itself.
  if (count(items) > count(other)) return false;
  const others = list(other).map(onlyAsWritten);
  return list(items).every((item) => holds(others, onlyAsWritten(item)));
}

/** Dates and extensions count here as they are written, which the reference engine has to say. */
function onlyAsWritten(item: Item): Item {
  return item instanceof Node && (item.type.conversion !== undefined || item.extra !== null || item.data === null)
    ? deoptimise()
    : item;
}

/** Goes through booleans until one equals `deciding`; that answers, else its opposite. */
function booleans(items: Items, deciding: boolean, answer: boolean): boolean {
  for (const item of list(items)) {
    const value = dataOf(item);
    if (typeof value !== 'boolean') deoptimise();
    if (value === deciding) return answer;
  }
  return !answer;
}
