import type { Collection } from '../collection.js';
import { deoptimise } from '../deoptimise.js';
import { type MomentKind, parseMoment } from '../moment.js';

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

/** A point in time that an element's text names; a text that names none stays a text. */
export function momentOf(kind: MomentKind, text: Raw): Raw {
  if (text === undefined) return undefined;
  if (typeof text === 'string') return parseMoment(kind, text) ?? text;
  if (!Array.isArray(text)) return deoptimise();
  return text.map((each) => momentOf(kind, each));
}

/** The truth of a singleton; nothing for an empty collection. */
export function truth(items: Raw): boolean | undefined {
  if (typeof items === 'boolean') return items;
  if (items === undefined) return undefined;
  return Array.isArray(items) ? deoptimise() : true;
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
