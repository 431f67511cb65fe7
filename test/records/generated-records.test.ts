import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isResource } from '../../src/schemas/resource.js';
import {
  arbitraryBrokenResource,
  arbitraryBundle,
  arbitraryRecord,
  arbitraryResourceOf,
  arbitraryUnrelatedResource,
} from './arbitraries.js';
import { minimalResourceOfEveryType } from './every-resource-type.js';
import { r4Errors } from './r4-validator.js';

describe('a resource of every R4 type', () => {
  const all = minimalResourceOfEveryType('p1');

  test('there is exactly one of each of the 147 types', () => {
    expect(new Set(all.map((one) => one.resourceType)).size).toBe(all.length);
    expect(all).toHaveLength(147);
  });

  test('what is about a patient is about this patient', () => {
    const condition = all.find((one) => one.resourceType === 'Condition');
    expect(condition).toMatchObject({ subject: { reference: 'Patient/p1' }, code: { text: 'synthetic' } });
  });

  test.each(all.map((one) => [one.resourceType, one] as const))('%s is valid', (_type, one) => {
    expect(r4Errors(one)).toEqual([]);
  });
});

describe('generated records', () => {
  test.each(Object.entries(arbitraryResourceOf))(
    '%s can be read as a resource and leaves nothing undefined',
    (_n, arbitrary) => {
      fc.assert(
        fc.property(arbitrary, (one) => {
          expect(isResource(one)).toBe(true);
          expect(JSON.parse(JSON.stringify(one))).toEqual(one);
        }),
        { numRuns: 50 },
      );
    },
  );

  test('a record names every resource once', () => {
    fc.assert(
      fc.property(arbitraryRecord, (record) => {
        expect(new Set(record.map((one) => `${one.resourceType}/${one.id}`)).size).toBe(record.length);
      }),
    );
  });

  test('broken resources keep a readable type, and most of them are no longer valid', () => {
    const sample = fc.sample(arbitraryBrokenResource, { numRuns: 200, seed: 7 });
    expect(sample.every(isResource)).toBe(true);
    expect(sample.filter((one) => r4Errors(one).length > 0).length).toBeGreaterThan(100);
  });

  test('unrelated resources never share an id with the others', () => {
    fc.assert(fc.property(arbitraryUnrelatedResource, (one) => String(one.id).startsWith('unrelated-')));
  });

  test('bundles hold unreadable entries too', () => {
    const entries = fc
      .sample(arbitraryBundle, { numRuns: 50, seed: 7 })
      .flatMap((one) => one['entry'] as { resource: unknown }[]);
    expect(entries.some(({ resource }) => !isResource(resource))).toBe(true);
    expect(entries.some(({ resource }) => isResource(resource))).toBe(true);
  });
});
