import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assertEnginesAgree } from './all-rules.js';
import { memberOf, scopeOf } from './record.js';

describe('sums', () => {
  const number = fc.oneof(
    fc.integer({ min: -50, max: 50 }),
    fc.integer({ min: -500, max: 500 }).map((tenths) => tenths / 10),
  );

  it.each(['sum()', 'min()', 'max()', 'sum().round(0)', 'first().round(2)', 'sum().round()'])('%s', (call) => {
    fc.assert(
      fc.property(fc.array(number, { maxLength: 5 }), (numbers) => {
        const agreement = assertEnginesAgree(`%numbers.${call}`, { memberOf }, [scopeOf([], { numbers })]);
        expect(agreement).toMatchObject({ handedOver: 0, generated: true });
      }),
      { numRuns: 200 },
    );
  });

  it.each(['sum()', 'min()', 'max()', 'round(0)'])('%s of what are no numbers', (call) => {
    const one = fc.oneof(number, fc.constantFrom('a', 'b', true, '2026-01-01'));
    fc.assert(
      fc.property(fc.array(one, { maxLength: 4 }), (some) => {
        assertEnginesAgree(`%some.${call}`, { memberOf }, [scopeOf([], { some })]);
      }),
      { numRuns: 200 },
    );
  });

  it('are rounded to a precision that is written out, or on fhirpath.js', () => {
    const scopes = [0, 1, 3].map((digits) => scopeOf([], { sum: 2.71828, digits }));
    expect(assertEnginesAgree('%sum.round(%digits)', { memberOf }, scopes).generated).toBe(false);
    expect(assertEnginesAgree('%sum.round(3)', { memberOf }, scopes).generated).toBe(true);
  });
});
