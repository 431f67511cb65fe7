import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { form, integers, numbered, ordinal, problems, scoresOf, total, values } from './records.js';

/** Answers in the order of the items, physical and mental score: published examples of the manual and of open scorers. */
const CASES: readonly (readonly [string, number, number])[] = [
  ['1 3 3 2 2 2 2 1 1 1 6 5', 56.57706, 60.75781],
  ['5 1 1 1 1 1 1 5 6 6 1 1', 23.99938, 19.06444],
  ['3 2 2 2 2 1 1 3 3 3 3 3', 48.60638, 33.57777],
  ['3 1 2 1 2 1 2 4 4 1 4 3', 37.10464, 46.00098],
  ['4 1 1 1 1 2 2 4 3 5 6 5', 18.36726, 63.09202],
  ['2 3 3 2 2 2 2 1 2 2 6 5', 55.50097, 57.82711],
  ['5 2 2 1 1 2 2 1 3 6 4 5', 32.07858, 50.74271],
  ['5 2 1 2 1 1 1 3 6 4 2 4', 37.21961, 26.8279],
  ['5 2 1 1 1 1 1 3 6 6 3 1', 30.25422, 25.06415],
  ['5 3 2 1 1 1 1 4 6 5 2 2', 36.235, 18.70811],
  ['3 2 2 1 1 1 2 2 3 5 6 5', 35.8159, 52.29142],
  ['4 2 1 1 1 1 1 4 4 5 3 3', 30.67599, 32.55855],
  ['4 2 2 1 1 1 2 4 5 5 3 2', 31.63234, 32.76221],
];
const OPTIONS = [5, 3, 3, 2, 2, 2, 2, 5, 6, 6, 6, 5];
const PATIENT = [4, 2, 1, 1, 1, 1, 1, 4, 4, 5, 3, 3];
const answersOf = (text: string): readonly number[] => text.split(' ').map(Number);
const without = (at: number): readonly (number | null)[] =>
  PATIENT.map((answer, index) => (index === at ? null : answer));
const withAnswer = (at: number, answer: number): readonly number[] =>
  PATIENT.map((own, index) => (index === at ? answer : own));

describe('SF-12 version 1', () => {
  it.each(CASES)('scores %s to the last digit', (answers, physical, mental) => {
    expect(values(scoresOf([form('sf-12', integers(answersOf(answers)))]))).toEqual({
      'sf12-physical': physical,
      'sf12-mental': mental,
    });
  });

  it.each(CASES)('scores %s the same from coded answers', (answers, physical, mental) => {
    const item = numbered(answersOf(answers).map((answer) => ordinal(answer)));
    expect(values(scoresOf([form('sf-12', item)]))).toEqual({ 'sf12-physical': physical, 'sf12-mental': mental });
  });

  it('gives range, day and reference with each score', () => {
    expect(scoresOf([form('sf-12', integers(PATIENT))]).scores).toEqual([
      {
        instrument: 'sf12-physical',
        value: 30.67599,
        min: 9.94738,
        max: 70.13284,
        date: '2026-11-20',
        reference: 'QuestionnaireResponse/form',
      },
      {
        instrument: 'sf12-mental',
        value: 32.55855,
        min: 5.89058,
        max: 72.28379,
        date: '2026-11-20',
        reference: 'QuestionnaireResponse/form',
      },
    ]);
  });

  it.each(PATIENT.map((_, at) => at))('gives no score when item %# is left out', (at) => {
    const scores = scoresOf([form('sf-12', integers(without(at)))]);
    expect(scores.scores).toEqual([]);
    expect(scores.problems.map(({ score, problem, detail }) => ({ score, problem, detail }))).toEqual([
      { score: 'sf12-mental', problem: 'incomplete', detail: { answered: 11, expected: 12 } },
      { score: 'sf12-physical', problem: 'incomplete', detail: { answered: 11, expected: 12 } },
    ]);
  });

  it.each(OPTIONS.map((max, at) => [at + 1, max] as const))(
    'accepts item %i from 1 to %i and nothing beside it',
    (item, max) => {
      const at = item - 1;
      expect(scoresOf([form('sf-12', integers(withAnswer(at, 1)))]).scores).toHaveLength(2);
      expect(scoresOf([form('sf-12', integers(withAnswer(at, max)))]).scores).toHaveLength(2);
      for (const outside of [0, max + 1]) {
        const refused = scoresOf([form('sf-12', integers(withAnswer(at, outside)))]);
        expect(refused.scores).toEqual([]);
        expect(problems(refused)).toEqual(['sf-12: other-version']);
      }
    },
  );

  it('refuses a form with an impossible answer even when other items are missing', () => {
    const answers = without(0).map((answer, index) => (index === 3 ? 4 : answer));
    expect(problems(scoresOf([form('sf-12', integers(answers))]))).toEqual(['sf-12: other-version']);
  });

  it.each([
    'sf-12|2',
    'sf-12|2.0',
    'sf-12|v2',
    'sf-12|v2.1',
    'sf-12|V2',
    'sf-12|2-nl',
    'sf-12|sf12v2',
    'sf-12v2',
    'sf-12-v2',
    'sf-12-V2',
    'sf-12v2|1.0.0',
    'sf-12|version2',
    'sf-12|SF12v2',
    'sf-12|SF-12v2',
    'sf-12|02',
    'sf-12|2 ',
    'sf-12|1-v2',
    'sf-12|1|2',
    'sf-12|12v2',
    'sf-12|II',
    'sf-12|new',
  ])('refuses the form %s whatever its answers', (questionnaire) => {
    const refused = scoresOf([form(questionnaire, integers(PATIENT))]);
    expect(refused.scores).toEqual([]);
    expect(problems(refused)).toEqual(['sf-12: other-version']);
  });

  it.each([
    'sf-12',
    'sf-12|',
    'sf-12|1',
    'sf-12|1.0.0',
    'sf-12|v1',
    'sf-12|SF12v1',
    'sf-12|1-nl',
    'sf-12|2026-11',
    'sf-12|20',
  ])('accepts the version in %s', (questionnaire) => {
    expect(scoresOf([form(questionnaire, integers(PATIENT))]).scores).toHaveLength(2);
  });

  it('takes the two scores from different resources', () => {
    const scores = scoresOf([
      total('sf12-physical', { valueQuantity: { value: 31.2, unit: '{score}', code: '{score}' } }),
      total('sf12-mental', { valueQuantity: { value: 36.6 }, effectiveDateTime: '2026-10-01' }),
    ]);
    expect(scores.scores.map(({ reference, value, date }) => [reference, value, date])).toEqual([
      ['Observation/total-sf12-physical', 31.2, '2026-11-20'],
      ['Observation/total-sf12-mental', 36.6, '2026-10-01'],
    ]);
  });

  it('stays within its range and has five decimals at most, for every possible form', () => {
    const anyForm = fc.tuple(...OPTIONS.map((max) => fc.integer({ min: 1, max })));
    fc.assert(
      fc.property(anyForm, (answers) => {
        const { scores } = scoresOf([form('sf-12', integers(answers))]);
        expect(scores).toHaveLength(2);
        for (const { value, min, max } of scores) {
          expect(value).toBeGreaterThanOrEqual(min);
          expect(value).toBeLessThanOrEqual(max);
          expect(value).toBe(Number(value.toFixed(5)));
        }
      }),
      { numRuns: 300 },
    );
  });
});
