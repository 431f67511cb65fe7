import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Verdict } from '../../src/schemas/verdict.js';
import { LANGUAGES, type Language } from '../../src/schemas/service.js';
import { sentenceFor, situationOf } from '../../src/cards/situation.js';
import { cardsFor, type Example, library, protocol, requestFor, sandboxExample } from './examples.js';

const four = sandboxExample('four-sessions');

/** The same assessment with other figures for one criterion. */
function withFigures(example: Example, id: string, figures: Verdict['figures']): Example {
  const criteria = example.assessment.criteria.map((verdict) =>
    verdict.id === id ? { ...verdict, figures: { ...verdict.figures, ...figures } } : verdict,
  );
  return { ...example, assessment: { ...example.assessment, criteria } };
}

function without(example: Example, id: string, figure: string): Example {
  const criteria = example.assessment.criteria.map((verdict) => {
    const { [figure]: _left, ...figures } = verdict.figures;
    return verdict.id === id ? { ...verdict, figures } : verdict;
  });
  return { ...example, assessment: { ...example.assessment, criteria } };
}

function summary(example: Example, language: Language): string {
  return cardsFor(example, language)[0]!.card.summary;
}

describe('the summary of a card about too little treatment', () => {
  it('names the discipline and the numbers, and what to do', () => {
    expect(summary(four, 'nl')).toBe(
      'IMSR: voldoet volgens de gegevens niet: 4 behandelingen fysiotherapie in 9 weken; nodig: 6 keer en 12 weken. Vul aan, stel bij of motiveer.',
    );
    expect(summary(four, 'en')).toBe(
      'IMSR: not met according to the data: 4 sessions of physiotherapy in 9 weeks; required: 6 sessions and 12 weeks. Add or give reasons.',
    );
  });

  it('names the part where several disciplines gave it', () => {
    expect(summary(without(four, 'first-line-physical', 'discipline'), 'nl')).toContain(
      '4 keer fysio-/oefen-/ergotherapie in 9 weken; nodig: 6 keer en 12 weken.',
    );
  });

  it.each([1, 9, 10, 99, 999, 99_999])(
    'stays below 140 characters with %d sessions and weeks of any discipline',
    (count) => {
      for (const discipline of Object.keys(library.terms.figures['discipline']!)) {
        const example = withFigures(four, 'first-line-physical', { discipline, number: count, weeks: count });
        for (const language of LANGUAGES) {
          expect(summary(example, language).length).toBeLessThan(140);
          expect(summary(example, language)).toMatch(/voldoet volgens de gegevens niet|not met according to the data/);
        }
      }
    },
  );

  it('says no numbers when no single part makes the difference, or more than this fails', () => {
    expect(summary(without(four, 'stepped-care', 'shortPart'), 'nl')).toContain(
      'niet op dit punt: eerste lijn (stepped care)',
    );
    const criteria = four.assessment.criteria.map((verdict) =>
      verdict.id === 'patient-willing' ? { ...verdict, status: 'not-met' as const, reason: 'denied' } : verdict,
    );
    const both = { ...four, assessment: { ...four.assessment, criteria } };
    expect(summary(both, 'nl')).toContain('(+ 1 meer)');
  });
});

it('every discipline that a form can name has its words', () => {
  const form = JSON.parse(readFileSync('hooks/imsr/questionnaires/imsr-referral-form.json', 'utf8')) as Item;
  const codes = find(form, 'treatment.discipline')!.answerOption!.map(({ valueCoding }) => valueCoding.code);
  expect(codes.length).toBeGreaterThan(4);
  const words = Object.keys(library.terms.figures['discipline']!);
  expect(codes.filter((code) => code !== 'other' && !words.includes(code))).toEqual([]);
});

interface Item {
  readonly linkId?: string;
  readonly item?: readonly Item[];
  readonly answerOption?: readonly { readonly valueCoding: { readonly code: string } }[];
}

function find(item: Item, linkId: string): Item | undefined {
  if (item.linkId === linkId) return item;
  for (const inner of item.item ?? []) {
    const found = find(inner, linkId);
    if (found !== undefined) return found;
  }
  return undefined;
}

describe('a text follows its parameter', () => {
  const base: Omit<Verdict, 'id' | 'status' | 'reason' | 'figures'> = {
    effect: 'blocking',
    evidence: [],
    missing: [],
    notes: [],
    source: { document: 'indicatiedocument 2026-04-17', section: 'criterium 1' },
  };
  it.each([
    ['adult', 'not-met', 'under-age', { adultAge: '21 years' }, 'jonger dan 21 jaar', 'younger than 21 years'],
    [
      'persistent-pain',
      'not-met',
      'too-short',
      { onset: '2026-11-01', judgedOn: '2026-12-01', persistentAfter: '1 month' },
      'langer dan 1 maand (',
      'longer than 1 month (',
    ],
    [
      'first-line-physical',
      'not-met',
      'outside-window',
      { numberAnyTime: 7, windowStart: '2023-11-03', lookback: '3 years' },
      'niet in de 3 jaar vóór',
      'not in the 3 years before',
    ],
    [
      'first-line-physical',
      'review',
      'duration-across-pause',
      { pauseWeeks: 1 },
      'meer dan 1 week erbij',
      'more than 1 week included',
    ],
  ] as const)('%s %s %s', (id, status, reason, figures, nl, en) => {
    const verdict: Verdict = { ...base, id, status, reason, figures };
    expect(sentenceFor(situationOf(requestFor(four, 'nl')), verdict)).toContain(nl);
    expect(sentenceFor(situationOf(requestFor(four, 'en')), verdict)).toContain(en);
  });

  it('and the figures that the texts name are given by the criteria', () => {
    const figuresOf = (id: string) => four.assessment.criteria.find((verdict) => verdict.id === id)!.figures;
    expect(figuresOf('adult')).toMatchObject({ adultAge: '18 years' });
    expect(figuresOf('persistent-pain')).toMatchObject({ persistentAfter: '3 months' });
    expect(figuresOf('first-line-physical')).toMatchObject({
      discipline: 'physiotherapy',
      lookback: '2 years',
      pauseWeeks: 12,
    });
  });
});

it('an exception that the rules no longer have is told where it matters, and not while the transition rule runs', () => {
  const note = /noemt een uitzondering/;
  expect(cardsFor(four, 'nl')[0]?.card.detail).toMatch(note);
  const [card] = cardsFor(sandboxExample('transition-last-day'), 'nl');
  expect(card?.kind).toBe('transition');
  expect(card?.card.detail).not.toMatch(note);
});

it('the parameters that the texts name are durations in words', () => {
  for (const name of ['adultAge', 'persistentAfter', 'lookback']) {
    const parameter = protocol.parameters.find((one) => one.name === name);
    for (const { value } of parameter!.steps) expect(value).toMatch(/^\d+ (day|week|month|year)s?$/);
  }
});

it.each([
  ['not-pain-relief-only', 'confirmed-obstacle', 'alleen pijnvermindering'],
  ['no-external-barriers', 'confirmed-obstacle', 'belemmeringen van buitenaf'],
  ['no-other-intervention', 'confirmed-obstacle', 'andere interventie'],
])('what is not met is named as a point, so that it does not read as its opposite: %s', (id, reason, short) => {
  const { assessment, ...rest } = sandboxExample('all-met');
  const criteria = assessment.criteria.map((verdict) =>
    verdict.id === id ? { ...verdict, status: 'not-met' as const, reason } : verdict,
  );
  const failing = { ...rest, assessment: { ...assessment, outcome: 'not-met' as const, criteria } };
  expect(summary(failing, 'nl')).toContain(`voldoet volgens de gegevens niet op dit punt: ${short}.`);
  expect(summary(failing, 'en')).toMatch(/not met according to the data on this point: /);
});

it('says of what the threshold is, where either of two is enough', () => {
  const short = { number: 5, weeks: 11, discipline: 'psychologist' };
  const psychological = withFigures(four, 'first-line-psychological', short);
  const criteria = psychological.assessment.criteria.map((verdict) => {
    if (verdict.id === 'first-line-psychological')
      return { ...verdict, status: 'not-met' as const, reason: 'below-threshold' };
    if (verdict.id !== 'stepped-care') return verdict;
    return { ...verdict, figures: { shortPart: 'first-line-psychological' } };
  });
  const example = { ...psychological, assessment: { ...psychological.assessment, criteria } };
  expect(summary(example, 'nl')).toContain('5 behandelingen bij de psycholoog in 11 weken; nodig: 6 keer of 12 weken.');
  expect(summary(example, 'en')).toContain(
    '5 sessions with the psychologist in 11 weeks; required: 6 sessions or 12 weeks.',
  );
});
