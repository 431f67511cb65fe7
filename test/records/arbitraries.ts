import fc from 'fast-check';
import type { Resource } from '../../src/schemas/resource.js';
import { arbitraryResource, arbitraryResourceOf } from './arbitrary-resources.js';

export { arbitraryResource, arbitraryResourceOf, arbitraryUnrelatedResource } from './arbitrary-resources.js';
export { arbitraryDateTime, arbitraryDay, subject } from './arbitrary-values.js';
export { minimalResourceOfEveryType } from './every-resource-type.js';

const junk: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom(null, '', 0, -1, 1e308, true, [], {}, [null], { toString: null }, '__proto__', '9999-99-99', '2026-02-30', '�', [[]]),
  fc.jsonValue({ maxDepth: 2 }),
);

/** Replaces what stands at one place, chosen by a walk of numbers, inside a JSON value. */
function replaceInside(value: unknown, walk: readonly number[], by: unknown): unknown {
  const [step, ...rest] = walk;
  if (step === undefined || typeof value !== 'object' || value === null) return by;
  const keys = Object.keys(value);
  const key = keys[step % Math.max(keys.length, 1)];
  if (key === undefined) return by;
  const inside = replaceInside((value as Record<string, unknown>)[key], rest, by);
  return Array.isArray(value)
    ? value.map((part: unknown, at) => (String(at) === key ? inside : part))
    : { ...value, [key]: inside };
}

/** A resource in which something, somewhere, is not what R4 says it is; its type stays readable. */
export const arbitraryBrokenResource: fc.Arbitrary<Resource> = fc
  .tuple(arbitraryResource, fc.array(fc.nat({ max: 20 }), { minLength: 1, maxLength: 5 }), junk)
  .map(([sound, walk, by]) => ({ ...(replaceInside(sound, walk, by) as object), resourceType: sound.resourceType }));

/** Anything that may stand as an entry: sound, broken, or no resource at all. */
export const arbitraryEntry: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 6, arbitrary: arbitraryResource },
  { weight: 3, arbitrary: arbitraryBrokenResource },
  { weight: 1, arbitrary: junk },
);

/** A record about one patient: distinct ids per type, a Patient among them more often than not. */
export const arbitraryRecord: fc.Arbitrary<readonly Resource[]> = fc
  .tuple(
    fc.option(arbitraryResourceOf.Patient, { nil: undefined, freq: 9 }),
    fc.uniqueArray(arbitraryResource, {
      maxLength: 25,
      selector: (one) => `${one.resourceType}/${one.id}`,
    }),
  )
  .map(([patient, others]) => [
    ...(patient === undefined ? [] : [patient]),
    ...others.filter((one) => one.resourceType !== 'Patient'),
  ]);

/** A collection Bundle, possibly with broken or unreadable entries. */
export const arbitraryBundle: fc.Arbitrary<Resource> = fc.array(arbitraryEntry, { maxLength: 25 }).map((entries) => ({
  resourceType: 'Bundle',
  type: 'collection',
  entry: entries.map((resourceAt) => ({ resource: resourceAt })),
}));
