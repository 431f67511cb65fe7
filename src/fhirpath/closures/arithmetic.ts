import { product, quotient, remainder, sum, wholeQuotient } from '../calculate.js';
import { deoptimise } from '../deoptimise.js';
import { dataOf, type Item, type Items } from '../item.js';
import { systemValue } from '../system-value.js';
import { only, type Run, textOf } from './run.js';

const OPERATORS: Readonly<Record<string, (left: Items, right: Items) => Items>> = {
  '+': (left, right) => onValues(left, right, (a, b) => sum(a, b, 1)),
  '-': (left, right) => onValues(left, right, (a, b) => sum(a, b, -1)),
  '*': (left, right) => onValues(left, right, product),
  '/': (left, right) => onValues(left, right, quotient),
  div: (left, right) => wholeQuotient(numberIn(left), numberIn(right)),
  mod: (left, right) => remainder(numberIn(left), numberIn(right)),
  '&': (left, right) => (textOf(left) ?? '') + (textOf(right) ?? ''),
};

/** The operators that calculate. @source FHIRPath 2.0.0 §6.6 Math */
export function arithmeticRun(operator: string, left: Run, right: Run): Run | undefined {
  if (!Object.hasOwn(OPERATORS, operator)) return undefined;
  const calculate = OPERATORS[operator]!;
  return (evaluation, self) => calculate(left(evaluation, self), right(evaluation, self));
}

function onValues(left: Items, right: Items, calculate: (left: unknown, right: unknown) => Items): Items {
  if (left === undefined || right === undefined) return undefined;
  return calculate(valueOf(only(left)!), valueOf(only(right)!));
}

function valueOf(item: Item): unknown {
  return systemValue(item) ?? deoptimise();
}

function numberIn(items: Items): unknown {
  const item = only(items);
  return item === undefined ? undefined : (dataOf(item) ?? deoptimise());
}
