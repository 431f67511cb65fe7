import { deoptimise } from './deoptimise.js';
import { count, list } from './collection.js';
import { type Item, type Items, Node, TimeSpan } from './item.js';
import { Moment, sameMoment } from './moment.js';
import { systemValue } from './system-value.js';

/**
 * Whether two collections are equal; nothing when either is empty or their dates agree only in part.
 * @source FHIRPath 2.0.0 §6.1.1 = (Equals)
 */
export function equal(left: Items, right: Items): boolean | undefined {
  if (left === undefined || right === undefined) return undefined;
  if (!Array.isArray(left) && !Array.isArray(right)) return sameItem(left as Item, right as Item);
  const size = count(left);
  if (size !== count(right)) return false;
  const ours = list<Item>(left);
  const theirs = list<Item>(right);
  for (let at = size - 1; at >= 0; at -= 1) {
    if (sameItem(ours[at]!, theirs[at]!) !== true) return false;
  }
  return true;
}

/** Whether a collection holds an item that equals this one. */
export function holds(items: readonly Item[], item: Item): boolean {
  return items.some((each) => sameItem(each, item) === true);
}

/** Whether two items are equal; nothing when their dates agree only as far as the less precise one goes. */
export function sameItem(left: Item, right: Item): boolean | undefined {
  const ours = systemValue(left);
  const theirs = systemValue(right);
  if (ours === theirs) {
    if (ours === null || ours === undefined) deoptimise();
    return plainBeside(left, right);
  }
  if (ours === null || ours === undefined || theirs === null || theirs === undefined) return false;
  if (typeof ours === 'number' && typeof theirs === 'number') {
    return sameNumber(ours, theirs) && plainBeside(left, right);
  }
  if (typeof ours !== 'object' && typeof theirs !== 'object') return false;
  if (ours instanceof TimeSpan || theirs instanceof TimeSpan) deoptimise();
  if (ours instanceof Moment && theirs instanceof Moment) {
    const same = sameMoment(ours, theirs);
    return same === true ? plainBeside(left, right) : same;
  }
  if (ours instanceof Moment || theirs instanceof Moment) {
    return typeof ours === 'number' || typeof theirs === 'number' ? deoptimise() : false;
  }
  return sameJson(ours, theirs);
}

/** Two elements with extensions are equal only when those are too: left to the reference engine. */
function plainBeside(left: Item, right: Item): true {
  if (left instanceof Node && right instanceof Node && (left.extra !== null || right.extra !== null)) deoptimise();
  return true;
}

/** Numbers are equal to the eighth decimal, so that sums of decimals come out. */
export function sameNumber(left: number, right: number): boolean {
  return left === right || roundedForEquality(left) === roundedForEquality(right);
}

function roundedForEquality(value: number): number {
  return Math.round(value / 1e-8) * 1e-8;
}

/** Whether two JSON values hold the same, whatever the order of their keys. */
export function sameJson(left: unknown, right: unknown): boolean {
  if (left === right) return true;
  if (typeof left === 'number' && typeof right === 'number') return sameNumber(left, right);
  const leftIsObject = typeof left === 'object' && left !== null;
  const rightIsObject = typeof right === 'object' && right !== null;
  if (!leftIsObject || !rightIsObject) {
    return (leftIsObject && typeof right === 'string') || (rightIsObject && typeof left === 'string')
      ? deoptimise()
      : false;
  }
  if (Array.isArray(left) !== Array.isArray(right) || 'prototype' in left || 'prototype' in right) deoptimise();
  const [ours, theirs] = [left as Record<string, unknown>, right as Record<string, unknown>];
  let names = 0;
  for (const name in ours) {
    if (!Object.hasOwn(ours, name)) continue;
    names += 1;
    if (!Object.hasOwn(theirs, name) || !sameJson(ours[name], theirs[name])) return false;
  }
  return names === Object.keys(right).length;
}

/** A text of a JSON value that is the same for values that are the same, and for no others: to find one among many. */
export function jsonText(value: unknown): string {
  if (typeof value === 'number') return String(roundedForEquality(value));
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? '';
  if (Array.isArray(value)) return `[${value.map(jsonText).join()}]`;
  const names = Object.keys(value).sort();
  return `{${names.map((name) => `${JSON.stringify(name)}:${jsonText((value as Record<string, unknown>)[name])}`).join()}}`;
}
