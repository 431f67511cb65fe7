import fc from 'fast-check';
import type { Resource } from '../../src/schemas/resource.js';
import { arbitraryResource, arbitraryResourceOf } from './arbitrary-resources.js';
import { placesIn, withAt } from './json-places.js';

export { arbitraryResource, arbitraryResourceOf, arbitraryUnrelatedResource } from './arbitrary-resources.js';
export { arbitraryDateTime, arbitraryDay, subject } from './arbitrary-values.js';
export { minimalResourceOfEveryType } from './every-resource-type.js';

const junk: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom(null, '', 0, -1, 1e308, true, [], {}, [null], { toString: null }, '__proto__', '9999-99-99', '2026-02-30', '�', [[]]),
  fc.jsonValue({ maxDepth: 2 }),
);

/** A resource in which something, somewhere, is not what R4 says it is; its type stays readable. */
export const arbitraryBrokenResource: fc.Arbitrary<Resource> = fc
  .tuple(arbitraryResource, fc.nat(), junk)
  .map(([sound, number, by]) => {
    const places = [...placesIn(sound)].slice(1);
    const broken = withAt(sound, places[number % places.length]!, by) as object;
    return { ...broken, resourceType: sound.resourceType };
  });

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
