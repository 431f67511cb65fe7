import { addTime } from '../calendar.js';
import { deoptimise } from '../deoptimise.js';
import { dataOf, type Item, type Items, Node, TimeSpan } from '../item.js';
import { Moment } from '../moment.js';
import { systemValue, text } from '../system-value.js';
import { only, type Run } from './run.js';

const OPERATORS: Readonly<Record<string, (left: Items, right: Items) => Items>> = {
  '+': (left, right) => combined(left, right, 1, (a, b) => a + b),
  '-': (left, right) => combined(left, right, -1, (a, b) => a - b),
  '*': (left, right) => combined(left, right, undefined, (a, b) => a * b),
  '/': (left, right) => combined(left, right, undefined, (a, b) => (b === 0 ? undefined : a / b)),
  div: (left, right) => onNumbers(left, right, (a, b) => Math.trunc(a / b)),
  mod: (left, right) => onNumbers(left, right, (a, b) => a % b),
  '&': (left, right) => (textOrNothing(left) ?? '') + (textOrNothing(right) ?? ''),
};

/** The operators that calculate. @source FHIRPath 2.0.0 §6.6 Math */
export function arithmeticRun(operator: string, left: Run, right: Run): Run | undefined {
  if (!Object.hasOwn(OPERATORS, operator)) return undefined;
  const calculate = OPERATORS[operator]!;
  return (evaluation, self) => calculate(left(evaluation, self), right(evaluation, self));
}

/** @param direction that of time, for the two operators that calculate with it */
function combined(
  left: Items,
  right: Items,
  direction: 1 | -1 | undefined,
  calculate: (left: number, right: number) => number | undefined,
): Items {
  if (left === undefined || right === undefined) return undefined;
  const ours = valueOf(only(left)!);
  const theirs = valueOf(only(right)!);
  if (typeof ours === 'number' && typeof theirs === 'number') return calculate(ours, theirs);
  if (typeof ours === 'string' && typeof theirs === 'string' && direction === 1) return ours + theirs;
  if (ours instanceof Moment && theirs instanceof TimeSpan && direction !== undefined) {
    return addTime(ours, theirs, direction);
  }
  return deoptimise();
}

/** An operand of the wrong type is an error here even when the other one is empty. */
function onNumbers(left: Items, right: Items, calculate: (left: number, right: number) => number): Items {
  const ours = numberOrNothing(left);
  const theirs = numberOrNothing(right);
  if (ours === undefined || theirs === undefined) return undefined;
  if (theirs !== 0 && Math.abs(theirs) < 1e-6) deoptimise();
  return theirs === 0 ? undefined : calculate(ours, theirs);
}

function numberOrNothing(items: Items): number | undefined {
  const item = only(items);
  if (item === undefined) return undefined;
  const data = dataOf(item) ?? deoptimise();
  return typeof data === 'number' ? data : deoptimise();
}

function valueOf(item: Item): unknown {
  return systemValue(item) ?? deoptimise();
}

function textOrNothing(items: Items): string | undefined {
  const item = only(items);
  if (item === undefined) return undefined;
  return item instanceof Node || typeof item === 'string' ? text(item) : deoptimise();
}
