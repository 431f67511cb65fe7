import { addTime } from './calendar.js';
import { deoptimise } from './deoptimise.js';
import { TimeSpan } from './item.js';
import { Moment } from './moment.js';

/** `+` and `-` (direction -1) on numbers, texts and points in time. Here and below nothing comes of nothing. */
export function sum(left: unknown, right: unknown, direction: 1 | -1): number | string | Moment | undefined {
  if (left === undefined || right === undefined) return undefined;
  if (typeof left === 'number' && typeof right === 'number') return left + direction * right;
  if (left instanceof Moment && right instanceof TimeSpan) return addTime(left, right, direction);
  return typeof left === 'string' && typeof right === 'string' && direction === 1 ? left + right : deoptimise();
}

export function product(left: unknown, right: unknown): number | undefined {
  if (left === undefined || right === undefined) return undefined;
  return typeof left === 'number' && typeof right === 'number' ? left * right : deoptimise();
}

export function quotient(left: unknown, right: unknown): number | undefined {
  if (left === undefined || right === undefined) return undefined;
  if (typeof left !== 'number' || typeof right !== 'number') return deoptimise();
  return right === 0 ? undefined : left / right;
}

export function wholeQuotient(left: unknown, right: unknown): number | undefined {
  return divided(left, right, (dividend, divisor) => Math.trunc(dividend / divisor));
}

export function remainder(left: unknown, right: unknown): number | undefined {
  return divided(left, right, (dividend, divisor) => dividend % divisor);
}

/** For `div` and `mod` an operand of the wrong type is an error even when the other one is empty. */
function divided(left: unknown, right: unknown, by: (left: number, right: number) => number): number | undefined {
  if ((left !== undefined && typeof left !== 'number') || (right !== undefined && typeof right !== 'number')) {
    return deoptimise();
  }
  if (left === undefined || right === undefined) return undefined;
  if (right !== 0 && Math.abs(right) < 1e-6) deoptimise();
  return right === 0 ? undefined : by(left, right);
}

/** @param scale ten to the number of decimals that are left */
export function rounded(value: unknown, scale: number): number | undefined {
  if (value === undefined) return undefined;
  return typeof value === 'number' ? Math.round(value * scale) / scale : deoptimise();
}
