import { isObject } from '../../schemas/json-object.js';
import { collect, list } from '../collection.js';
import { deoptimise } from '../deoptimise.js';
import { sameJson } from '../equality.js';
import type { MomentKind } from '../moment.js';
import { momentOf, type Raw } from './raw.js';
import { holds, sameMomentItem } from './same.js';

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
  /** By name the one that has it, or those; nearly all have a name of their own. */
  readonly #alike = new Map<unknown, object | object[]>();

  /** @returns whether it is new */
  add(item: object): boolean {
    if (this.has(item)) return false;
    const key = nameOf(item);
    const alike = this.#alike.get(key);
    if (Array.isArray(alike)) alike.push(item);
    else this.#alike.set(key, alike === undefined ? item : [alike, item]);
    return true;
  }

  has(item: object): boolean {
    if ('0' in item) deoptimise();
    const alike = this.#alike.get(nameOf(item));
    if (!Array.isArray(alike)) return alike !== undefined && (alike === item || sameJson(alike, item));
    return alike.some((each) => each === item || sameJson(each, item));
  }
}

/** Objects that are the same have the same name; the reverse need not hold. A concept has that of its first coding. */
function nameOf(item: object): string | undefined {
  const { id, code, reference, coding } = item as Record<string, unknown>;
  if (typeof id === 'string') return id;
  if (typeof code === 'string') return code;
  if (typeof reference === 'string') return reference;
  const first: unknown = Array.isArray(coding) ? coding[0] : undefined;
  return isObject(first) ? nameOf(first) : undefined;
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
