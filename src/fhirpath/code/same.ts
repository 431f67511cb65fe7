import { count } from '../collection.js';
import { deoptimise } from '../deoptimise.js';
import { sameNumber } from '../equality.js';
import { Moment, sameMoment } from '../moment.js';
import type { Raw } from './raw.js';

/** Whether two collections of plain values are equal; nothing when either is empty. */
export function samePlain(left: Raw, right: Raw): boolean | undefined {
  if (left === undefined || right === undefined) return undefined;
  if (left === right && !Array.isArray(left)) return true;
  if (typeof left === 'object' || typeof right === 'object') return sameLists(left, right, samePlainItem);
  return samePlainItem(left, right);
}

/** The same where either side holds points in time. */
export function sameInTime(left: Raw, right: Raw): boolean | undefined {
  if (left === undefined || right === undefined) return undefined;
  if (Array.isArray(left) || Array.isArray(right)) return sameLists(left, right, sameMomentItem);
  return sameMomentItem(left, right);
}

function sameLists(
  left: Raw,
  right: Raw,
  same: (left: unknown, right: unknown) => boolean | undefined,
): boolean | undefined {
  if (count(left) !== count(right)) return false;
  if (!Array.isArray(left) || !Array.isArray(right)) return deoptimise();
  for (let at = left.length - 1; at >= 0; at -= 1) if (same(left[at], right[at]) !== true) return false;
  return true;
}

function samePlainItem(left: unknown, right: unknown): boolean {
  if (left === right) return true;
  if (typeof left === 'object' || typeof right === 'object') deoptimise();
  return typeof left === 'number' && typeof right === 'number' && sameNumber(left, right);
}

/** Whether two plain values or points in time are the same; nothing where two points agree as far as the less precise one goes. */
export function sameMomentItem(left: unknown, right: unknown): boolean | undefined {
  if (left instanceof Moment && right instanceof Moment) return sameMoment(left, right);
  if (left instanceof Moment || right instanceof Moment) {
    return typeof left === 'number' || typeof right === 'number' ? deoptimise() : false;
  }
  return samePlainItem(left, right);
}

/** `in`: whether a collection of plain values holds one. */
export function holds(element: Raw, collection: Raw): boolean | undefined {
  if (element === undefined) return undefined;
  if (typeof element === 'object') deoptimise();
  if (collection === undefined) return false;
  if (!Array.isArray(collection)) return samePlainItem(element, collection);
  // Mostly codes, looked for among a few others.
  for (let at = 0; at < collection.length; at += 1) {
    const item: unknown = collection[at];
    if (item === element || (typeof item !== 'string' && samePlainItem(element, item))) return true;
  }
  return false;
}
