import { sum } from '../calculate.js';
import { order } from '../order.js';
import type { Raw } from './raw.js';

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
