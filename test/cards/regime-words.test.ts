import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../src/schemas/service.js';
import { cardsFor, library, sandboxExample } from './examples.js';

describe('the last day of the transition', () => {
  const example = sandboxExample('transition-last-day');
  const later = { ...example.transition, transitionEnds: '2026-12-31' };
  const detail = (language: 'nl' | 'en', transition: typeof example.transition) =>
    cardsFor(example, language, { transition })[0]!.card.detail!;

  it('is told as the parameter says, in the words of the language and nowhere else', () => {
    expect(detail('nl', later)).toContain('paragraaf 5.4 geldt t/m 31-12-2026)');
    expect(detail('en', later)).toContain('section 5.4 holds to and including 31 December 2026)');
    const [asOf, ends] = ['31-10-2026', '31-12-2026'];
    expect(detail('nl', later).split(ends).length).toBe(detail('nl', example.transition).split(asOf).length - 1);
  });

  it('is left out where it is not known', () => {
    const { transitionEnds: _, ...unknown } = example.transition;
    expect(detail('nl', unknown)).toContain('(zie de overgangsregeling van paragraaf 5.4)');
  });

  it('stands in no words for a regime', () => {
    const words = LANGUAGES.flatMap((language) => Object.values(library.terms.regimes).flatMap((one) => one[language]));
    for (const { source } of words) expect(source).not.toMatch(/\d{4}/);
  });
});
