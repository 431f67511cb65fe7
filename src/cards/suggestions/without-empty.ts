import { isObject } from '../../schemas/json-object.js';

/**
 * A JSON value without what is empty in it: null, which a number that is too large is written as, empty texts, lists and objects. A card holds none of these, also where the draft
 * that it gives back did. The places of a list of plain values are kept: those of its `_` twin go with them.
 *
 * @returns nothing where all of it is empty
 * @source https://cds-hooks.hl7.org/STU2/ (fields may not be null or empty); FHIR R4, JSON, Null and empty
 */
export function withoutEmpty(value: unknown): unknown {
  // Most drafts hold nothing empty, and are given back as they came in.
  return holdsEmpty(value) ? withoutWhatIsEmpty(value) : value;
}

function holdsEmpty(value: unknown): boolean {
  if (isEmptyValue(value)) return true;
  if (typeof value !== 'object' || value === null) return false;
  if (Array.isArray(value)) return value.length === 0 || value.some(holdsEmpty);
  const fields = Object.values(value);
  return fields.length === 0 || fields.some(holdsEmpty);
}

function isEmptyValue(value: unknown): boolean {
  return (
    value === null || value === undefined || value === '' || (typeof value === 'number' && !Number.isFinite(value))
  );
}

function withoutWhatIsEmpty(value: unknown): unknown {
  if (isEmptyValue(value)) return undefined;
  if (Array.isArray(value)) return listWithoutEmpty(value as readonly unknown[], false);
  if (!isObject(value)) return value;
  const kept = Object.entries(value).flatMap(([name, field]) => {
    const left = Array.isArray(field) ? listWithoutEmpty(field, name.startsWith('_')) : withoutWhatIsEmpty(field);
    return left === undefined ? [] : [[name, left] as const];
  });
  return kept.length === 0 ? undefined : Object.fromEntries(kept);
}

/** @param isTwin whether its places are those of a list of plain values */
function listWithoutEmpty(list: readonly unknown[], isTwin: boolean): unknown {
  const left = list.map(withoutWhatIsEmpty);
  if (left.every((entry) => entry === undefined)) return undefined;
  const keepsPlaces = isTwin || left.every((entry) => typeof entry !== 'object');
  return keepsPlaces ? left.map((entry) => entry ?? null) : left.filter((entry) => entry !== undefined);
}
