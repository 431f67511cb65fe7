import { deoptimise } from './deoptimise.js';
import { type Item, Node, type TimeSpan } from './item.js';
import { type Moment, parseMoment } from './moment.js';

/** What operators work on: an element's value with dates read as dates; objects stay the record's JSON. */
export type SystemValue = string | number | boolean | null | undefined | Moment | TimeSpan | object;

const UCUM = 'http://unitsofmeasure.org';

/**
 * The value that operators see.
 * @source FHIR R4 §fhirpath "Using FHIR types in expressions"
 */
export function systemValue(item: Item): SystemValue {
  if (!(item instanceof Node)) return item;
  const { data } = item;
  const { conversion } = item.type;
  if (conversion === undefined || data === null || data === undefined) return data as SystemValue;
  if (conversion === 'quantity') {
    // A quantity in UCUM converts between units: the reference engine's work.
    if (typeof data === 'object' && (data as { system?: unknown }).system === UCUM) deoptimise();
    return data as SystemValue;
  }
  if (typeof data !== 'string' || conversion === 'time') deoptimise();
  return parseMoment(conversion, data) ?? data;
}

/** The boolean that a singleton counts as; nothing when it is empty. */
export function truth(item: Item): boolean | undefined {
  const data = item instanceof Node ? item.data : item;
  if (typeof data === 'boolean') return data;
  return data === null || data === undefined ? undefined : true;
}

/** The string that a singleton holds; nothing when it is empty. */
export function text(item: Item): string | undefined {
  const data = item instanceof Node ? item.data : item;
  if (typeof data === 'string') return data;
  return data === null || data === undefined ? undefined : deoptimise();
}
