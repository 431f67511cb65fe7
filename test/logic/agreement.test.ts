import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { agreement, type RuleStatus, statusOfRule, type Truth, truthOf } from '../../src/logic/agreement.js';
import type { Status } from '../../src/schemas/verdict.js';

const and = (a: Truth, b: Truth): Truth =>
  a === false || b === false ? false : a === true && b === true ? true : undefined;
const or = (a: Truth, b: Truth): Truth =>
  a === true || b === true ? true : a === false && b === false ? false : undefined;

const J = 'met';
const N = 'not-met';
const O = 'unknown';
const B = 'review';
const STATUSES: readonly Status[] = [J, N, O, B];

function readings(a: Status, b: Status, c: Status): readonly [RuleStatus, RuleStatus] {
  const rule = (combine: (a: Truth, b: Truth, c: Truth) => Truth) =>
    statusOfRule((open) => combine(truthOf(a, open), truthOf(b, open), truthOf(c, open)));
  return [rule((x, y, z) => or(and(x, y), z)), rule((x, y, z) => and(x, or(y, z)))];
}

/** Criteria section 4: A, B, C, (A and B) or C, A and (B or C), both together. */
const TABLE: readonly (readonly [Status, Status, Status, Status, Status, Status])[] = [
  [J, J, N, J, J, J],
  [J, N, J, J, J, J],
  [J, N, N, N, N, N],
  [N, J, N, N, N, N],
  [N, N, N, N, N, N],
  [N, J, J, J, N, B],
  [N, N, J, J, N, B],
  [J, O, N, O, O, O],
  [J, O, J, J, J, J],
  [O, J, N, O, O, O],
  [N, O, N, N, N, N],
  [N, J, O, O, N, O],
  [O, N, J, J, O, O],
  [B, J, N, B, B, B],
  [J, J, O, J, J, J],
  [B, N, J, J, B, B],
];

describe('the two readings of EN/Of', () => {
  it.each(TABLE)('A %s, B %s, C %s: %s and %s, together %s', (a, b, c, first, second, together) => {
    const both = readings(a, b, c);
    expect(both).toEqual([first, second]);
    expect(agreement(both)).toBe(together);
  });

  it('the second reading is never kinder than the first', () => {
    const status = fc.constantFrom(...STATUSES);
    fc.assert(
      fc.property(status, status, status, (a, b, c) => {
        const [first, second] = readings(a, b, c);
        if (second === 'met') expect(first).toBe('met');
        if (first === 'not-met') expect(second).toBe('not-met');
      }),
    );
  });

  it('an unknown that is settled either way never changes a settled answer', () => {
    const status = fc.constantFrom(...STATUSES);
    fc.assert(
      fc.property(status, status, fc.constantFrom<Status>('met', 'not-met'), (a, b, settled) => {
        for (const [index, known] of readings(a, b, 'unknown').entries()) {
          if (known === 'met' || known === 'not-met') expect(readings(a, b, settled)[index]).toBe(known);
        }
      }),
    );
  });
});
