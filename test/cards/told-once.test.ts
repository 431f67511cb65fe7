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

it.each(['first-line-ineffective', 'referrer-information'])(
  'that an answer is there and cannot be read is told too, whichever criterion says so: %s',
  (unclear) => {
    const { assessment, ...example } = sandboxExample('referral-incomplete');
    const criteria = assessment.criteria.map((one) =>
      one.id === unclear ? { ...one, status: 'unknown' as const, reason: 'answer-unclear' } : one,
    );
    const [card] = cardsFor({ ...example, assessment: { ...assessment, criteria } }, 'nl');
    const lines = card!.card.detail!.split('\n').filter((line) => line.startsWith('- resultaat van de eerstelijns'));
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain('resultaat van de eerstelijnsbehandeling (antwoord niet leesbaar of tegenstrijdig)');
  },
);
