import { TimeSpan } from '../item.js';
import { Moment } from '../moment.js';

/** Points in time and spans of time as the texts they were written as; anything else as it is. */
export function asWritten(items: unknown): unknown {
  if (items instanceof Moment || items instanceof TimeSpan) return items.text;
  return Array.isArray(items) ? items.map(asWritten) : items;
}
