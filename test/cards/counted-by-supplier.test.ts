import { expect, it } from 'vitest';
import { situationOf } from '../../src/cards/situation.js';
import { LANGUAGES } from '../../src/schemas/service.js';
import { cardsFor, library, requestFor, sandboxExample } from './examples.js';

const overview = sandboxExample('referral-incomplete', 'imsr-overview');

it.each(LANGUAGES)(
  'each heading of a list of missing data tells their number, counted as in the summary (%s)',
  (language) => {
    const { missing } = situationOf(requestFor(overview, language)).values;
    const [shown] = cardsFor(overview, language);
    const headings = [...shown!.card.detail!.matchAll(/^\*\*(.+) \((\d+)\)\*\*$/gm)];
    expect(headings.map(([, supplier]) => supplier)).toEqual(
      Object.values(library.terms.suppliers)
        .slice(0, 4)
        .map((supplier) => supplier[language]),
    );
    const counted = headings.map(([, , count]) => Number(count));
    expect(counted.reduce((sum, count) => sum + count, 0)).toBe(missing);
  },
);

it('the scores of one questionnaire are one thing to ask', () => {
  const [shown] = cardsFor(sandboxExample('hads-missing'), 'nl');
  expect(shown!.card.detail).toContain('**Door de patiënt (1)**\n\n- HADS angst; HADS depressie ');
});
