import { describe, expect, it } from 'vitest';
import type { Outcome, Status } from '../../src/schemas/verdict.js';
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
    ['two-readings', true],
    ['four-sessions', false],
    ['psychology-unknown', false],
    ['other-condition', false],
    ['transition-last-day', false],
  ])('another reading can be chosen only where the card shows two that differ: %s, %s', (patient, is) => {
    const [{ card } = {}] = cardsFor(sandboxExample(patient), 'nl');
    expect(card?.detail?.includes('| Lezing van de tekst |')).toBe(is);
    expect(offered(sandboxExample(patient)).includes('other-reading-chosen')).toBe(is);
  });

  it('also where one reading has come out and the other not yet, or one is set and the other differs', () => {
    const example = sandboxExample('two-readings');
    const change = (readings: Readonly<Record<string, Status>>, outcome: Outcome) => ({
      ...example,
      assessment: {
        ...example.assessment,
        outcome,
        criteria: example.assessment.criteria.map((one) => (one.id === 'stepped-care' ? { ...one, readings } : one)),
      },
    });
    expect(offered(change({ one: 'met', other: 'unknown' }, 'unknown'))).toContain('other-reading-chosen');
    expect(offered(change({ one: 'met', other: 'not-met' }, 'met'))).toContain('other-reading-chosen');
    expect(offered(change({ one: 'met', other: 'met' }, 'met'))).not.toContain('other-reading-chosen');
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
