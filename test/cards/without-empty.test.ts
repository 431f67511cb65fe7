import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withoutEmpty } from '../../src/cards/suggestions/without-empty.js';

/** Whether a JSON value holds something empty, but for the places of a list of plain values. */
function holdsEmpty(value: unknown): boolean {
  if (value === null || value === '') return true;
  if (typeof value !== 'object') return false;
  if (!Array.isArray(value)) {
    const fields = Object.entries(value as object);
    return fields.length === 0 || fields.some(([name, field]) => !name.startsWith('_') && holdsEmpty(field));
  }
  const parts = value as readonly unknown[];
  if (parts.every((part) => typeof part !== 'object' || part === null))
    return parts.every((part) => part === null || part === '');
  return parts.length === 0 || parts.some(holdsEmpty);
}

describe('a draft without what is empty in it', () => {
  it.each<[unknown, unknown]>([
    [{ status: null, priority: '', note: [], period: {}, code: { text: 'x' } }, { code: { text: 'x' } }],
    [{ category: [{}, { text: 'y' }], reasonCode: [null] }, { category: [{ text: 'y' }] }],
    [
      { given: ['a', null], _given: [null, { id: 'b' }] },
      { given: ['a', null], _given: [null, { id: 'b' }] },
    ],
    [
      { count: 0, doNotPerform: false },
      { count: 0, doNotPerform: false },
    ],
    [{ extension: [{ extension: [{ valueString: '' }] }] }, undefined],
  ])('%j', (draft, expected) => {
    expect(withoutEmpty(draft)).toEqual(expected);
  });

  it('holds nothing empty, whatever it was, and is left alone the second time', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const left = withoutEmpty(value);
        if (left === undefined) return;
        expect(holdsEmpty(left)).toBe(false);
        expect(withoutEmpty(left)).toEqual(left);
      }),
    );
  });
});
