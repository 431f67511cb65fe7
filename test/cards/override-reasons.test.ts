import { describe, expect, it } from 'vitest';
import { cardsFor, type Example, sandboxExample } from './examples.js';

function offered(example: Example): readonly string[] {
  return (cardsFor(example, 'nl')[0]!.card.overrideReasons ?? []).map(({ code }) => code);
}

describe('the reasons for not following a card can be true for what it says', () => {
  it('where all is met nothing is left to have been done, read otherwise or covered', () => {
    expect(offered(sandboxExample('all-met'))).toEqual(['patient-situation', 'other']);
  });

  it('a card that says that the transition rule runs does not offer that it applies', () => {
    const codes = offered(sandboxExample('transition-last-day'));
    expect(codes).not.toContain('transition-applies');
    expect(codes).toContain('done-but-not-recorded');
  });

  it.each([
    ['2026-10-31', true],
    ['2026-11-01', false],
  ])('as assessed on %s, that the transition rule applies is offered: %s', (asOf, is) => {
    const example = sandboxExample('four-sessions');
    const assessed = { ...example, assessment: { ...example.assessment, asOf } };
    expect(offered(assessed).includes('transition-applies')).toBe(is);
  });
});
