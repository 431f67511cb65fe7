import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../src/schemas/service.js';
import type { Verdict } from '../../src/schemas/verdict.js';
import { cardsFor, type Example, library, sandboxExample } from './examples.js';

const base = sandboxExample('all-met');
const NOTES = Object.keys(library.terms.notes).filter((note) => /^ome-|^opioid-as/.test(note));
const LIMITS = { omeAdvisedBelow: 90, omeMentionFrom: 50 };

function withDose(notes: readonly string[], figures: Verdict['figures']): Example {
  const criteria = base.assessment.criteria.map((verdict) =>
    verdict.id === 'no-impeding-medication' ? { ...verdict, notes, figures } : verdict,
  );
  return { ...base, assessment: { ...base.assessment, criteria } };
}

function line(language: 'nl' | 'en', notes: readonly string[], figures: Verdict['figures']): string {
  const detail = cardsFor(withDose(notes, figures), language)[0]?.card.detail ?? '';
  return (
    detail
      .split('\n')
      .find((text) =>
        /^- (Geen belemmerende verdovende middelen of medicatie|No impeding narcotics or medication):/.test(text),
      ) ?? ''
  );
}

describe('the daily dose of opioids on a card', () => {
  it.each([
    [
      'ome-estimated',
      { ome: 30, ...LIMITS },
      'Geschatte dagdosis 30 mg OME (NHG-advies: onder 90). Dit zegt niets over geschiktheid',
    ],
    [
      'ome-estimated',
      { ome: 20, omeLow: 20, omeHigh: 40, ...LIMITS },
      'Geschatte dagdosis 20 mg OME (20 tot 40 naargelang de bron; NHG-advies: onder 90).',
    ],
    ['ome-attention', { ome: 60, ...LIMITS }, 'Vanaf 50 mg vraagt de dosis aandacht.'],
    [
      'ome-high',
      { ome: 90, ...LIMITS },
      'Let op: de dosis ligt op of boven de grens in het NHG-advies. Geschatte dagdosis 90 mg OME',
    ],
    ['ome-not-computable', {}, 'niet te berekenen'],
    ['ome-incomplete', { ome: 60, ...LIMITS }, 'De werkelijke OME is dus hoger.'],
  ] as const)('%s %j', (note, figures, text) => {
    expect(line('nl', [note], figures)).toContain(text);
  });

  it.each(NOTES)('%s claims nothing about suitability in either language, with or without its figures', (note) => {
    for (const language of LANGUAGES) {
      for (const figures of [{ ome: 60, omeLow: 50, omeHigh: 70, ...LIMITS }, {}]) {
        const text = line(language, [note], figures);
        expect(text).toMatch(/\.$/);
        expect(text).not.toMatch(/voldoet|ongeschikt|not suitable|not met|undefined|[{}]/i);
        if (/^ome-(estimated|attention|high)/.test(note)) {
          expect(text).toMatch(
            /zegt niets over geschiktheid en is geen omzetadvies|says nothing about suitability and is no advice on conversion/,
          );
        }
      }
    }
  });
});

it('a synthetic patient with a structured dose sees it on the card', () => {
  const [card] = cardsFor(sandboxExample('medication-impedes'), 'nl');
  expect(card?.card.detail).toMatch(/Geschatte dagdosis \d+ mg OME/);
});
