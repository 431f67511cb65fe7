import { addTime, parseTimeSpan } from '../calendar.js';
import { collect, type Collection, count, list } from '../collection.js';
import { deoptimise } from '../deoptimise.js';
import { compareNumbers, sameJson, sameNumber } from '../equality.js';
import { TimeSpan } from '../item.js';
import { compareMoments, Moment, type MomentKind, parseMoment, sameMoment } from '../moment.js';

/** A collection as generated code holds it. Items are the record's own JSON, points in time and spans of time; arrays and nulls are never items. */
export type Raw = Collection<unknown>;

/** Adds an item to a collection that is being made. */
export function added(items: Raw, item: unknown): Raw {
  if (items === undefined) return item;
  if (Array.isArray(items)) {
    items.push(item);
    return items;
  }
  return [items, item];
}

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

function sameMomentItem(left: unknown, right: unknown): boolean | undefined {
  if (left instanceof Moment && right instanceof Moment) return sameMoment(left, right);
  if (left instanceof Moment || right instanceof Moment) {
    return typeof left === 'number' || typeof right === 'number' ? deoptimise() : false;
  }
  return samePlainItem(left, right);
}

/** A point in time that an element's text names; a text that names none stays a text. */
export function momentOf(kind: MomentKind, text: Raw): Raw {
  if (text === undefined) return undefined;
  if (typeof text === 'string') return parseMoment(kind, text) ?? text;
  if (!Array.isArray(text)) return deoptimise();
  return text.map((each) => momentOf(kind, each));
}

/** How two single items compare: below, at or above zero; nothing when that cannot be told. */
export function order(left: Raw, right: Raw): number | undefined {
  if (left === undefined || right === undefined) return undefined;
  if (typeof left === 'number' && typeof right === 'number') return compareNumbers(left, right);
  if (left instanceof Moment && right instanceof Moment) return compareMoments(left, right);
  if (typeof left === 'string' && typeof right === 'string') return left < right ? -1 : left > right ? 1 : 0;
  return deoptimise();
}

/** The truth of a singleton; nothing for an empty collection. */
export function truth(items: Raw): boolean | undefined {
  if (typeof items === 'boolean') return items;
  if (items === undefined) return undefined;
  return Array.isArray(items) ? deoptimise() : true;
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

/** The text of a singleton; nothing for an empty collection. */
export function text(items: Raw): string | undefined {
  return typeof items === 'string' || items === undefined ? items : deoptimise();
}

/** The part of a text from a place on; with a size no more than that, so that a place and a size may be worked out. */
export function part(own: string | undefined, from: Raw, ...size: readonly Raw[]): string | undefined {
  const numbers = [from, ...size];
  if (own === undefined || from === undefined) return undefined;
  if (!numbers.every((number) => number === undefined || Number.isInteger(number))) deoptimise();
  const [first, length] = numbers as [number, number?];
  if (first < 0 || first >= own.length) return undefined;
  return own.substring(first, length === undefined ? undefined : first + length);
}

export function toDate(items: Raw): Moment | undefined {
  if (typeof items === 'string') return dateOf(items);
  if (items instanceof Moment) return items.kind === 'date' ? items : parseMoment('date', items.text.split('T')[0]!);
  return Array.isArray(items) ? deoptimise() : undefined;
}

// Few days are met again and again: thresholds, the day of the call, the days of one record's treatments.
const dates = new Map<string, Moment>();
const MOST_DATES = 2_000;

function dateOf(written: string): Moment | undefined {
  if (written.length !== 10) return parseMoment('date', written);
  let date = dates.get(written);
  if (date === undefined) {
    date = parseMoment('date', written);
    if (dates.size >= MOST_DATES) dates.clear();
    if (date !== undefined) dates.set(written, date);
  }
  return date;
}

export function toQuantity(items: Raw): TimeSpan | undefined {
  if (items === undefined || items instanceof TimeSpan) return items;
  return typeof items === 'string' ? parseTimeSpan(items) : deoptimise();
}

export function toInteger(items: Raw): number | undefined {
  if (typeof items === 'boolean') return items ? 1 : 0;
  if (typeof items === 'number') return Number.isInteger(items) ? items : undefined;
  if (typeof items === 'string') return /^[+-]?\d+$/.test(items) ? Number.parseInt(items, 10) : undefined;
  return items === undefined ? undefined : deoptimise();
}

export function toDecimal(items: Raw): number | undefined {
  if (typeof items === 'boolean') return items ? 1 : 0;
  if (typeof items === 'number') return items;
  if (typeof items === 'string') return /^[+-]?\d+(\.\d+)?$/.test(items) ? Number.parseFloat(items) : undefined;
  return items === undefined ? undefined : deoptimise();
}

export function toText(items: Raw): string | undefined {
  if (items === undefined) return undefined;
  if (items instanceof Moment || items instanceof TimeSpan) return items.text;
  return typeof items === 'object' ? deoptimise() : String(items);
}

/** `+` and `-` (direction -1) on numbers, texts and points in time. */
export function sum(left: Raw, right: Raw, direction: 1 | -1): Raw {
  if (left === undefined || right === undefined) return undefined;
  if (typeof left === 'number' && typeof right === 'number') return left + direction * right;
  if (left instanceof Moment && right instanceof TimeSpan) return addTime(left, right, direction);
  return typeof left === 'string' && typeof right === 'string' && direction === 1 ? left + right : deoptimise();
}

/** `sum()`: one item stands for itself. Texts come in the order in which fhirpath.js puts them, the last one first. */
export function total(items: Raw): Raw {
  if (!Array.isArray(items)) return items;
  return items.reduce((added: Raw, item: unknown) => sum(item, added, 1));
}

/** `min()` (direction -1) and `max()`. */
export function extreme(items: Raw, direction: 1 | -1): Raw {
  if (!Array.isArray(items)) return items;
  return items.reduce((found: Raw, item: unknown) => (order(item, found)! * direction > 0 ? item : found));
}

/** @param scale ten to the number of decimals that are left */
export function rounded(items: Raw, scale: number): Raw {
  if (items === undefined) return undefined;
  return typeof items === 'number' ? Math.round(items * scale) / scale : deoptimise();
}

export function product(left: Raw, right: Raw): number | undefined {
  if (left === undefined || right === undefined) return undefined;
  return typeof left === 'number' && typeof right === 'number' ? left * right : deoptimise();
}

export function quotient(left: Raw, right: Raw): number | undefined {
  if (left === undefined || right === undefined) return undefined;
  if (typeof left !== 'number' || typeof right !== 'number') return deoptimise();
  return right === 0 ? undefined : left / right;
}

/** `div`: an operand of the wrong type is an error even when the other one is empty. */
export function wholeQuotient(left: Raw, right: Raw): number | undefined {
  if ((left !== undefined && typeof left !== 'number') || (right !== undefined && typeof right !== 'number')) {
    return deoptimise();
  }
  if (left === undefined || right === undefined) return undefined;
  if (right !== 0 && Math.abs(right) < 1e-6) deoptimise();
  return right === 0 ? undefined : Math.trunc(left / right);
}

/** From so many items on they are looked up: comparing each with each would take minutes for thousands. */
const MANY = 16;

/** Plain values without those that equal an earlier one. */
export function distinctPlain(items: Raw): Raw {
  if (!Array.isArray(items)) return items;
  const found: unknown[] = [];
  if (items.length >= MANY && items.every(isText)) found.push(...new Set(items));
  else for (let at = 0; at < items.length; at += 1) if (holds(items[at], found) !== true) found.push(items[at]);
  return collect(found);
}

function isText(item: unknown): item is string {
  return typeof item === 'string';
}

/** Points in time without those that equal an earlier one. */
export function distinctMoments(items: Raw, kind: MomentKind): Raw {
  if (!Array.isArray(items)) return items;
  const seen: unknown[] = [];
  const found = items.filter((item) => {
    const moment = momentOf(kind, item);
    if (seen.some((each) => sameMomentItem(each, moment) === true)) return false;
    seen.push(moment);
    return true;
  });
  return collect(found);
}

/** JSON objects without those that equal an earlier one. */
export function distinctObjects(items: Raw): Raw {
  if (!Array.isArray(items)) return items;
  const found: object[] = [];
  const known = new Objects();
  for (const item of items as object[]) if (known.add(item)) found.push(item);
  return collect(found);
}

/** JSON objects, found again by what names most of them. */
export class Objects {
  readonly #alike = new Map<unknown, object[]>();

  /** @returns whether it is new */
  add(item: object): boolean {
    if (this.has(item)) return false;
    const key = nameOf(item);
    const alike = this.#alike.get(key);
    if (alike === undefined) this.#alike.set(key, [item]);
    else alike.push(item);
    return true;
  }

  has(item: object): boolean {
    if ('0' in item) deoptimise();
    const alike = this.#alike.get(nameOf(item));
    return alike !== undefined && alike.some((each) => each === item || sameJson(each, item));
  }
}

/** Objects that are the same have the same name; the reverse need not hold. */
function nameOf(item: object): string | undefined {
  const { id, code } = item as Record<string, unknown>;
  return typeof id === 'string' ? id : typeof code === 'string' ? code : undefined;
}

/** The plain values of a collection that another one holds too, each once. */
export function intersection(items: Raw, other: Raw): Raw {
  const own = distinctPlain(items);
  return own === undefined || other === undefined ? undefined : plainWhere(own, other, true);
}

/** The plain values of a collection that another one does not hold, in their order and as often as they are there. */
export function plainWithout(items: Raw, other: Raw): Raw {
  return items === undefined || other === undefined ? items : plainWhere(items, other, false);
}

function plainWhere(items: Raw, other: Raw, held: boolean): Raw {
  if (!Array.isArray(items)) return (holds(items, other) === true) === held ? items : undefined;
  const many = items.length >= MANY && Array.isArray(other) && items.every(isText) && other.every(isText);
  const others = many ? new Set(other) : undefined;
  const isHeld = (item: unknown): boolean =>
    others === undefined ? holds(item, other) === true : others.has(item as string);
  const found = items.filter((item) => isHeld(item) === held);
  return collect(found);
}

/** The JSON objects of a collection that are among others too, each once. */
export function objectsAmong(items: Raw, others: Objects): Raw {
  return items === undefined ? undefined : filtered(distinctObjects(items), others, true);
}

/** The JSON objects of a collection that are not among others, in their order and as often as they are there. */
export function objectsWithout(items: Raw, others: Objects): Raw {
  return items === undefined ? items : filtered(items, others, false);
}

/** An index of JSON objects, made once for all that are looked for in it. */
export function objectsOf(items: Raw): Objects {
  const objects = new Objects();
  for (const each of list(items)) objects.add(each as object);
  return objects;
}

function filtered(items: Raw, others: Objects, held: boolean): Raw {
  if (!Array.isArray(items)) return others.has(items as object) === held ? items : undefined;
  const found = (items as object[]).filter((item) => others.has(item) === held);
  return collect(found);
}
