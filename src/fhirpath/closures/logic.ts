import { deoptimise } from '../deoptimise.js';
import type { Items } from '../item.js';
import { truth } from '../system-value.js';
import { only, type Run, type StepBuilders } from './run.js';

type Truth = boolean | undefined;

/** The three-valued operators. @source FHIRPath 2.0.0 §6.5 Boolean logic */
const TABLES: Readonly<Record<string, (left: Truth, right: Truth) => Truth>> = {
  and: (left, right) =>
    left === false || right === false ? false : left === true && right === true ? true : undefined,
  or: (left, right) => (left === true || right === true ? true : left === false && right === false ? false : undefined),
  xor: (left, right) => (left === undefined || right === undefined ? undefined : left !== right),
  implies: (left, right) => (left === false || right === true ? true : left === true ? right : undefined),
};

/** Both sides are always evaluated: an error on either side is an error of the whole, in every engine. */
export function logicRun(operator: string, left: Run, right: Run): Run {
  const table = TABLES[operator]!;
  return (evaluation, self) => table(truthOf(left(evaluation, self)), truthOf(right(evaluation, self)));
}

/** The truth of a singleton; empty is neither true nor false. */
function truthOf(items: Items): Truth {
  if (typeof items === 'boolean') return items;
  const item = only(items);
  return item === undefined ? undefined : truth(item);
}

/** Whether a criterion selects an item: its first item counts, and any element counts as present. */
export function selects(items: Items): boolean {
  if (typeof items === 'boolean') return items;
  if (items === undefined) return false;
  const first = Array.isArray(items) ? (items as readonly unknown[])[0] : items;
  if (typeof first === 'boolean') return first;
  if (typeof first === 'number') deoptimise();
  return first !== '';
}

export const logicSteps: StepBuilders = {
  not: () => (_, __, input) => {
    const value = truthOf(input as Items);
    return value === undefined ? undefined : !value;
  },
};
