import { deoptimise } from '../deoptimise.js';
import { equal, holds } from '../equality.js';
import { count, list } from '../collection.js';
import type { Item, Items } from '../item.js';
import { order } from '../order.js';
import { systemValue } from '../system-value.js';
import { only, type Run } from './run.js';

type Comparison = (left: Items, right: Items) => boolean | undefined;

/** The binary operators that answer with a truth value. @source FHIRPath 2.0.0 §6.1, 6.2, 6.4 */
const OPERATORS: Readonly<Record<string, Comparison>> = {
  '=': equal,
  '!=': (left, right) => negated(equal(left, right)),
  '~': equivalent,
  '!~': (left, right) => !equivalent(left, right),
  '<': (left, right) => ordered(left, right, (order) => order < 0),
  '<=': (left, right) => ordered(left, right, (order) => order <= 0),
  '>': (left, right) => ordered(left, right, (order) => order > 0),
  '>=': (left, right) => ordered(left, right, (order) => order >= 0),
  in: (left, right) => member(left, right),
  contains: (left, right) => member(right, left),
};

export function comparisonRun(operator: string, left: Run, right: Run): Run | undefined {
  if (!Object.hasOwn(OPERATORS, operator)) return undefined;
  const compare = OPERATORS[operator]!;
  return (evaluation, self) => compare(left(evaluation, self), right(evaluation, self));
}

function negated(value: boolean | undefined): boolean | undefined {
  return value === undefined ? undefined : !value;
}

function ordered(left: Items, right: Items, test: (order: number) => boolean): boolean | undefined {
  if (left === undefined || right === undefined) return undefined;
  // An element without a value compares with nothing.
  const found = order(systemValue(only(left)!) ?? undefined, systemValue(only(right)!) ?? undefined);
  return found === undefined ? undefined : test(found);
}

/** `~`, for what needs no rounding and no unit: texts whatever their case and white space, whole numbers, booleans. */
function equivalent(left: Items, right: Items): boolean {
  if (left === undefined || right === undefined) return left === right;
  if (count(left) > 1 || count(right) > 1) deoptimise();
  const ours = systemValue(left as Item);
  const theirs = systemValue(right as Item);
  if (ours === null || ours === undefined || theirs === null || theirs === undefined) deoptimise();
  if (typeof ours === 'string' && typeof theirs === 'string') return normalised(ours) === normalised(theirs);
  if (typeof ours === 'object' || typeof theirs === 'object') deoptimise();
  if (typeof ours === 'number' && typeof theirs === 'number' && !(Number.isInteger(ours) && Number.isInteger(theirs))) {
    deoptimise();
  }
  return ours === theirs;
}

function normalised(text: string): string {
  return text.toUpperCase().replace(/\p{White_Space}/gu, ' ');
}

function member(element: Items, collection: Items): boolean | undefined {
  if (element === undefined) return undefined;
  if (collection === undefined) return false;
  return holds(list(collection), only(element)!);
}
