import { expect, it } from 'vitest';
import { LANGUAGES } from '../../src/schemas/service.js';
import { cardsFor, library, sandboxExample } from './examples.js';

it.each(LANGUAGES)('a result that two criteria wait for is one thing to ask of the referrer (%s)', (language) => {
  const example = sandboxExample('referral-incomplete');
  const waiting = example.assessment.criteria.flatMap(({ missing }) => missing);
  expect(waiting).toEqual(expect.arrayContaining(['first-line-result', 'treatment-result']));
  const term = library.terms.missing['first-line-result']!.term[language];
  const [card] = cardsFor(example, language);
  const lines = card!.card.detail!.split('\n').filter((line) => line.startsWith(`- ${term}`));
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatch(/first-line-ineffective.*referrer-information/);
});
