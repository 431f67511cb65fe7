import { describe, expect, it } from 'vitest';
import { form, integers, ordinal, numbered, problems, scoresOf, values } from './records.js';

const repeat = (value: number, times: number): readonly number[] => Array.from({ length: times }, () => value);
const position = (value: string): unknown => ({
  valueCoding: { system: 'https://imsr-cds.example/fhir/CodeSystem/hads-printed-position', code: value },
});
const ANXIETY = [1, 2, 1, 1, 2, 1, 1];
const DEPRESSION = [2, 1, 2, 1, 1, 2, 1];
const HADS = ANXIETY.flatMap((anxiety, at) => [anxiety, DEPRESSION[at] ?? 0]);

describe('published examples', () => {
  it('PDI', () => {
    expect(values(scoresOf([form('pdi', integers([6, 7, 5, 8, 4, 3, 2]))]))).toEqual({ pdi: 35 });
  });

  it('pain catastrophizing, total and subscales', () => {
    expect(
      values(scoresOf([form('pain-catastrophizing-scale', integers([2, 3, 2, 4, 1, 0, 1, 3, 3, 4, 2, 2, 1]))])),
    ).toEqual({
      'pain-catastrophizing': 28,
      'pain-catastrophizing-rumination': 12,
      'pain-catastrophizing-magnification': 2,
      'pain-catastrophizing-helplessness': 14,
    });
  });

  it.each([
    ['uppermost', '0', 15, 9],
    ['lowermost', '3', 6, 12],
  ])('HADS, the %s printed answer everywhere', (_name, code, anxiety, depression) => {
    const item = numbered(repeat(0, 14).map(() => position(code)));
    expect(values(scoresOf([form('hads', item)]))).toEqual({ 'hads-anxiety': anxiety, 'hads-depression': depression });
  });

  it.each([
    ['integers', integers(HADS)],
    ['decimals', numbered(HADS.map((value) => ({ valueDecimal: value })))],
    ['ordinal values', numbered(HADS.map((value) => ordinal(value)))],
  ])('HADS, scores as %s are never reversed', (_name, item) => {
    expect(values(scoresOf([form('hads', item)]))).toEqual({ 'hads-anxiety': 9, 'hads-depression': 10 });
  });
});

describe('HADS', () => {
  it('does not reverse a printed position that carries its score already', () => {
    const item = numbered(
      HADS.map((value) => ({
        valueCoding: {
          ...(position(`${3 - value}`) as { valueCoding: object }).valueCoding,
          extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/ordinalValue', valueDecimal: value }],
        },
      })),
    );
    expect(values(scoresOf([form('hads', item)]))).toEqual({ 'hads-anxiety': 9, 'hads-depression': 10 });
  });

  it('mixes scores and positions item by item', () => {
    // Item 1 runs from 3 to 0 and item 2 from 0 to 3: the position 1 is a score of 2, and of 1.
    const item = numbered(HADS.map((value, at) => (at < 2 ? position('1') : { valueInteger: value })));
    expect(values(scoresOf([form('hads', item)]))).toEqual({ 'hads-anxiety': 10, 'hads-depression': 9 });
  });

  it.each([['4'], ['-1'], ['A'], [''], ['toString'], ['__proto__']])(
    'leaves an unknown position %j unanswered',
    (code) => {
      const item = numbered(HADS.map((value, at) => (at === 0 ? position(code) : { valueInteger: value })));
      const scores = scoresOf([form('hads', item)]);
      expect(values(scores)).toEqual({ 'hads-depression': 10 });
      expect(scores.problems).toMatchObject([
        { score: 'hads-anxiety', problem: 'incomplete', detail: { answered: 6, expected: 7 } },
      ]);
    },
  );

  it('does not take the code of another code system for a position', () => {
    const foreign = { valueCoding: { system: 'urn:other', code: '3' } };
    const item = numbered(HADS.map((value, at) => (at === 0 ? foreign : { valueInteger: value })));
    expect(values(scoresOf([form('hads', item)]))).toEqual({ 'hads-depression': 10 });
  });

  it('scores each subscale by itself when an item of the other is missing', () => {
    const missingDepression = HADS.map((value, at) => (at === 13 ? null : value));
    expect(values(scoresOf([form('hads', integers(missingDepression))]))).toEqual({ 'hads-anxiety': 9 });
  });
});

/** Form, number of items, lowest and highest answer, and the score id. */
const RANGES = [
  ['pdi', 7, 0, 10, 'pdi'],
  ['pain-catastrophizing-scale', 13, 0, 4, 'pain-catastrophizing'],
  ['work-ability', 1, 0, 10, 'work-ability'],
  ['hads', 14, 0, 3, 'hads-anxiety'],
] as const;

describe.each(RANGES)('%s', (questionnaire, count, min, max, score) => {
  it('reaches both ends of its range', () => {
    const lowest = scoresOf([form(questionnaire, integers(repeat(min, count)))]).scores.find(
      (one) => one.instrument === score,
    );
    const highest = scoresOf([form(questionnaire, integers(repeat(max, count)))]).scores.find(
      (one) => one.instrument === score,
    );
    expect(lowest?.value).toBe(lowest?.min);
    expect(highest?.value).toBe(highest?.max);
  });

  it.each([min - 1, max + 1])('leaves an answer of %i unanswered', (outside) => {
    const answers = repeat(max, count).map((answer, at) => (at === 0 ? outside : answer));
    const scores = scoresOf([form(questionnaire, integers(answers))]);
    expect(values(scores)).not.toHaveProperty(score);
    expect(problems(scores)).toContain(`${score}: incomplete`);
  });

  it('gives no score when the first item is missing, and says how many were answered', () => {
    const scores = scoresOf([
      form(questionnaire, integers(repeat(max, count).map((answer, at) => (at === 0 ? null : answer)))),
    ]);
    expect(values(scores)).not.toHaveProperty(score);
    const needed = questionnaire === 'hads' ? 7 : count;
    expect(scores.problems.find((problem) => problem.score === score)).toMatchObject({
      problem: 'incomplete',
      detail: { answered: needed - 1, expected: needed },
      reference: 'QuestionnaireResponse/form',
      date: '2026-11-20',
    });
  });
});

describe('PSK', () => {
  const complaint = (answer: unknown): unknown => ({
    linkId: 'complaint',
    item: [
      { linkId: 'complaint.activity', answer: [{ valueString: 'synthetic activity' }] },
      ...(answer === undefined ? [] : [{ linkId: 'complaint.score', answer: [answer] }]),
    ],
  });
  const psk = (...answers: readonly unknown[]) =>
    scoresOf([
      form(
        'psk',
        answers.map((answer) => complaint(answer)),
      ),
    ]);

  it.each([
    ['three activities', [8, 7, 9], 8],
    ['one activity', [10], 10],
    ['a mean with a fraction', [7, 7, 8], 7.33],
    ['the lowest', [0, 0, 0], 0],
  ])('%s', (_name, answers, expected) => {
    expect(psk(...answers.map((valueInteger) => ({ valueInteger }))).scores).toMatchObject([
      { value: expected, min: 0, max: 10 },
    ]);
  });

  it('scores the activities that were answered', () => {
    expect(values(psk({ valueInteger: 8 }, undefined, { valueInteger: 6 }))).toEqual({ psk: 7 });
  });

  it.each([
    ['masked', { _valueInteger: { extension: [{ url: 'urn:x', valueCode: 'masked' }] } }],
    ['a text', { valueString: '63' }],
    ['a measure', { valueQuantity: { value: 63, unit: 'mm' } }],
    ['a fraction', { valueDecimal: 6.5 }],
  ])('leaves no answer out of the mean that cannot be read: %s', (_name, answer) => {
    const scores = psk(answer, { valueInteger: 8 }, { valueInteger: 9 });
    expect(scores.scores).toEqual([]);
    expect(scores.problems).toMatchObject([{ problem: 'incomplete', detail: { answered: 2, expected: 3 } }]);
  });

  it.each([
    ['no activities', psk()],
    ['an activity without score', psk(undefined)],
  ])('gives no score for %s', (_name, scores) => {
    expect(scores.scores).toEqual([]);
    expect(problems(scores)).toEqual(['psk: incomplete']);
  });

  it.each([
    ['in every answer', [{ valueInteger: 80 }, { valueInteger: 65 }]],
    ['beside an answer that fits', [{ valueInteger: 8 }, { valueInteger: 65 }, { valueInteger: 72 }]],
    ['one above the highest', [{ valueInteger: 10 }, { valueInteger: 11 }]],
    ['in a fraction', [{ valueInteger: 8 }, { valueDecimal: 65.5 }]],
    ['on a coded answer', [{ valueInteger: 8 }, ordinal(65)]],
  ])('on another scale %s refuses the form', (_name, answers) => {
    const scores = psk(...answers);
    expect(scores.scores).toEqual([]);
    expect(problems(scores)).toEqual(['psk: other-version']);
  });
});

describe('general pain questionnaire', () => {
  it.each(['completed', 'amended'])('is present when %s', (status) => {
    expect(values(scoresOf([form('general-pain-questionnaire', undefined, { status })]))).toEqual({
      'general-pain-questionnaire': 1,
    });
  });

  it.each(['in-progress', 'stopped', 'entered-in-error', undefined])('is not present when %s', (status) => {
    expect(scoresOf([form('general-pain-questionnaire', undefined, { status })]).scores).toEqual([]);
  });
});
