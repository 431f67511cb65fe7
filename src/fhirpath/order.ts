import { deoptimise } from './deoptimise.js';
import { compareMoments, Moment } from './moment.js';

/** How two values compare: below, at or above zero; nothing where one is nothing, or their dates agree only in part. */
export function order(left: unknown, right: unknown): number | undefined {
  if (left === undefined || right === undefined) return undefined;
  if (typeof left === 'number' && typeof right === 'number') return compareNumbers(left, right);
  if (left instanceof Moment && right instanceof Moment) return compareMoments(left, right);
  if (typeof left === 'string' && typeof right === 'string') return left < right ? -1 : left > right ? 1 : 0;
  return deoptimise();
}

/** How two numbers compare; those too close to call are left to the reference engine. */
function compareNumbers(left: number, right: number): number {
  if (left === right) return 0;
  const difference = left - right;
  if (!(Math.abs(difference) > 1e-6 && Math.abs(left) < 1e9 && Math.abs(right) < 1e9)) deoptimise();
  return difference;
}
