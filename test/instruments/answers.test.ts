import { describe, expect, it } from 'vitest';
import { BASE, form, integers, ITEM_WEIGHT, ORDINAL, ordinal, problems, scoresOf, values } from './records.js';

/** A PDI in which six items are 5 and item 1 is as given. */
const REST = integers([null, 5, 5, 5, 5, 5, 5]);
const pdi = (...first: readonly unknown[]) => scoresOf([form('pdi', [...first, ...REST])]);
const item1 = (...answer: readonly unknown[]): unknown => ({ linkId: '1', answer });
const coding = (...extension: readonly unknown[]): unknown => ({
  valueCoding: { system: 'urn:x', code: '4', extension },
});

describe('an answer is read', () => {
  it.each([
    ['an integer', item1({ valueInteger: 4 })],
    ['a whole decimal', item1({ valueDecimal: 4.0 })],
    ['the ordinal value of a coding', item1(ordinal(4))],
    ['the item weight of a coding', item1(ordinal(4, ITEM_WEIGHT))],
    [
      'both extensions that agree',
      item1(coding({ url: ORDINAL, valueDecimal: 4 }, { url: ITEM_WEIGHT, valueDecimal: 4 })),
    ],
    [
      'beside an extension of another kind',
      item1(coding({ url: 'urn:y', valueDecimal: 9 }, { url: ORDINAL, valueDecimal: 4 })),
    ],
    ['the same answer twice', item1({ valueInteger: 4 }, { valueDecimal: 4 })],
    ['beside an extension on the value', item1({ valueInteger: 4, _valueInteger: { id: 'x' } })],
  ])('from %s', (_name, item) => {
    expect(values(pdi(item))).toEqual({ pdi: 34 });
  });

  it.each([
    ['in a group', [{ linkId: 'page', item: [item1({ valueInteger: 4 })] }]],
    [
      'in groups in groups',
      [{ linkId: 'a', item: [{ linkId: 'b', item: [{ linkId: 'c', item: [item1({ valueInteger: 4 })] }] }] }],
    ],
    ['below an answer', [{ linkId: 'a', answer: [{ valueBoolean: true, item: [item1({ valueInteger: 4 })] }] }]],
    ['standing twice with one answer', [item1({ valueInteger: 4 }), { linkId: '1' }]],
    [
      'standing twice with the same answer',
      [item1({ valueInteger: 4 }), { linkId: 'a', item: [item1({ valueInteger: 4 })] }],
    ],
  ])('%s', (_name, items) => {
    expect(values(pdi(...items))).toEqual({ pdi: 34 });
  });
});

describe('an item is unanswered', () => {
  it.each([
    ['no answer', item1()],
    ['a fraction', item1({ valueDecimal: 4.5 })],
    ['a fraction as integer', item1({ valueInteger: 4.5 })],
    ['a number as text', item1({ valueString: '4' })],
    ['a number as text in valueInteger', item1({ valueInteger: '4' })],
    ['a quantity', item1({ valueQuantity: { value: 4 } })],
    ['a boolean', item1({ valueBoolean: true })],
    ['a code without score', item1({ valueCoding: { system: 'urn:x', code: '4' } })],
    [
      'a code with the score on the wrong element',
      item1({ valueInteger: null, extension: [{ url: ORDINAL, valueDecimal: 4 }] }),
    ],
    ['an ordinal value as text', item1(coding({ url: ORDINAL, valueDecimal: '4' }))],
    ['an ordinal value as string', item1(coding({ url: ORDINAL, valueString: '4' }))],
    ['extensions that differ', item1(coding({ url: ORDINAL, valueDecimal: 4 }, { url: ITEM_WEIGHT, valueDecimal: 5 }))],
    ['two kinds of value', item1({ valueInteger: 4, valueDecimal: 4 })],
    ['two answers that differ', item1({ valueInteger: 4 }, { valueInteger: 5 })],
    ['two answers, one unreadable', item1({ valueInteger: 4 }, { valueString: 'x' })],
    ['an answer that is not a list', { linkId: '1', answer: { valueInteger: 4 } }],
    ['null', item1(null)],
    ['a linkId that is a number', { linkId: 1, answer: [{ valueInteger: 4 }] }],
    ['another linkId', { linkId: '01', answer: [{ valueInteger: 4 }] }],
  ])('by %s', (_name, item) => {
    const scores = pdi(item);
    expect(scores.scores).toEqual([]);
    expect(scores.problems).toMatchObject([{ problem: 'incomplete', detail: { answered: 6, expected: 7 } }]);
  });

  it('by standing twice with different answers', () => {
    expect(pdi(item1({ valueInteger: 4 }), item1({ valueInteger: 3 })).scores).toEqual([]);
  });
});

describe('a form counts', () => {
  const full = integers([4, 5, 5, 5, 5, 5, 5]);

  it.each(['pdi', 'pdi|1.0.0', 'pdi|2026'])('as %s', (questionnaire) => {
    expect(values(scoresOf([form(questionnaire, full)]))).toEqual({ pdi: 34 });
  });

  it.each([
    ['another address', 'https://elsewhere.example/fhir/Questionnaire/pdi'],
    ['a longer name', `${BASE}/Questionnaire/pdi-2`],
    ['other letters', `${BASE}/Questionnaire/PDI`],
    ['only an id', 'Questionnaire/pdi'],
    ['no canonical', undefined],
    ['a list', [`${BASE}/Questionnaire/pdi`]],
  ])('not under %s', (_name, questionnaire) => {
    expect(scoresOf([form('pdi', full, { questionnaire })])).toEqual({ scores: [], history: [], problems: [] });
  });

  it.each([
    ['completed', { pdi: 34 }, []],
    ['amended', { pdi: 34 }, []],
    ['in-progress', {}, ['pdi: not-completed']],
    ['stopped', {}, ['pdi: not-completed']],
    ['Completed', {}, ['pdi: not-completed']],
    [undefined, {}, ['pdi: not-completed']],
    ['entered-in-error', {}, []],
  ])('with status %s as its status says', (status, expected, reported) => {
    const scores = scoresOf([form('pdi', full, { status })]);
    expect(values(scores)).toEqual(expected);
    expect(problems(scores)).toEqual(reported);
  });

  it('not when a modifier extension changes its meaning', () => {
    const scores = scoresOf([form('pdi', full, { modifierExtension: [{ url: 'urn:negated', valueBoolean: true }] })]);
    expect(scores.scores).toEqual([]);
    expect(problems(scores)).toEqual(['pdi: unreadable-value']);
  });
});
