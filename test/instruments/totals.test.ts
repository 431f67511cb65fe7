import { describe, expect, it } from 'vitest';
import { withSiteCodes } from '../../src/instruments/catalogue.js';
import { instruments, problems, SCORE, scoresOf, SNOMED, total, values } from './records.js';

/** Score id, lowest and highest total. */
const RANGES = [
  ['pdi', 0, 70],
  ['sf12-physical', 9.94738, 70.13284],
  ['sf12-mental', 5.89058, 72.28379],
  ['hads-anxiety', 0, 21],
  ['hads-depression', 0, 21],
  ['pain-catastrophizing', 0, 52],
  ['pain-catastrophizing-rumination', 0, 16],
  ['pain-catastrophizing-magnification', 0, 12],
  ['pain-catastrophizing-helplessness', 0, 24],
  ['work-ability', 0, 10],
  ['pain-nrs', 0, 10],
] as const;

describe.each(RANGES)('a total of %s', (score, min, max) => {
  it.each([min, max])('is accepted at %d', (value) => {
    expect(scoresOf([total(score, { valueQuantity: { value } })]).scores).toEqual([
      { instrument: score, value, min, max, date: '2026-11-20', reference: `Observation/total-${score}` },
    ]);
  });

  it.each([min - 0.00001, max + 0.00001])('is refused at %d', (value) => {
    const scores = scoresOf([total(score, { valueQuantity: { value } })]);
    expect(scores.scores).toEqual([]);
    expect(scores.problems).toMatchObject([{ score, problem: 'out-of-range', detail: { min, max } }]);
  });
});

describe('a total that is the end of its range, rounded', () => {
  it.each([
    ['sf12-mental', 5.8906],
    ['sf12-mental', 5.891],
    ['sf12-mental', 5.89],
    ['sf12-mental', 5.9],
    ['sf12-mental', 6],
    ['sf12-mental', 72],
    ['sf12-mental', 72.3],
    ['sf12-mental', 72.28],
    ['sf12-mental', 72.284],
    ['sf12-physical', 9.947],
    ['sf12-physical', 9.9],
    ['sf12-physical', 10],
    ['sf12-physical', 70],
    ['sf12-physical', 70.133],
  ])('is accepted: %s of %d', (score, value) => {
    expect(values(scoresOf([total(score, { valueQuantity: { value } })]))).toEqual({ [score]: value });
  });

  it.each([
    ['sf12-mental', 5.8905],
    ['sf12-mental', 5.89057],
    ['sf12-mental', 5.88],
    ['sf12-mental', 5.8],
    ['sf12-mental', 5],
    ['sf12-mental', 73],
    ['sf12-mental', 72.4],
    ['sf12-mental', 72.29],
    ['sf12-mental', 72.285],
    // With one decimal less than the score has this is the total 72.28380 as well, which there is not.
    ['sf12-mental', 72.2838],
    ['sf12-physical', 9.94],
    ['sf12-physical', 9.8],
    ['sf12-physical', 9],
    ['sf12-physical', 71],
    ['sf12-physical', 70.2],
    ['hads-anxiety', 21.4],
  ])('is refused beyond it: %s of %d', (score, value) => {
    const read = scoresOf([total(score, { valueQuantity: { value } })]);
    expect(read.scores).toEqual([]);
    expect(problems(read)).toEqual([`${score}: out-of-range`]);
  });
});

const MASKED = { extension: [{ url: 'urn:x', valueCode: 'masked' }] };

describe('the value of a total', () => {
  it.each([
    ['an integer', { valueInteger: 45 }],
    ['a quantity', { valueQuantity: { value: 45 } }],
    ['UCUM one', { valueQuantity: { value: 45, system: 'http://unitsofmeasure.org', code: '1', unit: 'x' } }],
    ['a UCUM annotation', { valueQuantity: { value: 45, code: '{score}' } }],
    ['a written unit', { valueQuantity: { value: 45, unit: 'punten' } }],
  ])('is read from %s', (_name, value) => {
    expect(values(scoresOf([total('pdi', value)]))).toEqual({ pdi: 45 });
  });

  it.each([
    ['nothing', {}, 'no-value'],
    ['a reason for its absence', { dataAbsentReason: { text: 'refused' } }, 'no-value'],
    ['text', { valueString: '45' }, 'unreadable-value'],
    ['a number as text', { valueInteger: '45' }, 'unreadable-value'],
    ['a fraction as integer', { valueInteger: 4.5 }, 'unreadable-value'],
    ['a fraction of a sum of whole numbers', { valueQuantity: { value: 45.5 } }, 'unreadable-value'],
    ['a comparator', { valueQuantity: { value: 45, comparator: '<' } }, 'unreadable-value'],
    ['a quantity without value', { valueQuantity: { unit: '{score}' } }, 'unreadable-value'],
    ['two values', { valueInteger: 45, valueQuantity: { value: 45 } }, 'unreadable-value'],
    ['an element that R4 does not have', { valueDecimal: 45 }, 'unreadable-value'],
    ['null', { valueInteger: null }, 'unreadable-value'],
    ['a comparator that may not be seen', { valueQuantity: { value: 45, _comparator: MASKED } }, 'unreadable-value'],
    ['a unit that may not be seen', { valueQuantity: { value: 45, _unit: MASKED } }, 'unreadable-value'],
    [
      'a value beside a reason for its absence',
      { valueInteger: 45, dataAbsentReason: { text: 'x' } },
      'unreadable-value',
    ],
    ['percent in words', { valueQuantity: { value: 45, unit: '%' } }, 'other-unit'],
    ['percent', { valueQuantity: { value: 45, code: '%' } }, 'other-unit'],
    ['millimetres', { valueQuantity: { value: 45, unit: 'mm' } }, 'other-unit'],
    ['a unit that contradicts its code', { valueQuantity: { value: 45, unit: 'punten', code: 'mm' } }, 'other-unit'],
    ['a code that contradicts its unit', { valueQuantity: { value: 45, unit: 'mm', code: '1' } }, 'other-unit'],
    ['the same with a share', { valueQuantity: { value: 45, unit: 'Procent', code: '{score}' } }, 'other-unit'],
    ['a modifier extension', { valueInteger: 45, modifierExtension: [{ url: 'urn:x' }] }, 'unreadable-value'],
  ])('is refused when it is %s', (_name, value, problem) => {
    const scores = scoresOf([total('pdi', value)]);
    expect(scores.scores).toEqual([]);
    expect(problems(scores)).toEqual([`pdi: ${problem}`]);
  });
});

describe('an Observation counts', () => {
  it.each([
    ['final', { pdi: 45 }, []],
    ['amended', { pdi: 45 }, []],
    ['corrected', { pdi: 45 }, []],
    ['preliminary', {}, ['pdi: not-final']],
    ['registered', {}, ['pdi: not-final']],
    ['unknown', {}, ['pdi: not-final']],
    [undefined, {}, ['pdi: not-final']],
    ['entered-in-error', {}, []],
    ['cancelled', {}, []],
  ])('with status %s as its status says', (status, expected, reported) => {
    const scores = scoresOf([total('pdi', { valueInteger: 45, status })]);
    expect(values(scores)).toEqual(expected);
    expect(problems(scores)).toEqual(reported);
  });

  it.each([
    [SNOMED, '401319005', 'hads-anxiety'],
    [SNOMED, '401320004', 'hads-depression'],
    [SNOMED, '225908003', 'pain-nrs'],
    ['http://loinc.org', '72514-3', 'pain-nrs'],
  ])('under %s %s as %s', (system, code, score) => {
    expect(values(scoresOf([total('x', { code: { coding: [{ system, code }] }, valueInteger: 7 })]))).toEqual({
      [score]: 7,
    });
  });

  it.each([
    ['another system', { coding: [{ system: 'urn:other', code: 'pdi' }] }],
    ['no system', { coding: [{ code: 'pdi' }] }],
    ['text only', { text: 'pdi' }],
    ['a broken coding', { coding: [null, 'pdi', { system: SCORE }] }],
    ['a coding that is not a list', { coding: { system: SCORE, code: 'pdi' } }],
  ])('not under %s', (_name, code) => {
    expect(scoresOf([total('x', { code, valueInteger: 7 })])).toEqual({ scores: [], history: [], problems: [] });
  });

  it('once when it carries two codes of the same score, not at all when of different scores', () => {
    const own = { system: SCORE, code: 'hads-anxiety' };
    const both = (system: string, code: string) =>
      total('x', { code: { coding: [own, { system, code }] }, valueInteger: 7 });
    expect(scoresOf([both(SNOMED, '401319005')]).history).toHaveLength(1);
    const ambiguous = scoresOf([both(SNOMED, '401320004')]);
    expect(ambiguous.history).toEqual([]);
    expect(problems(ambiguous)).toEqual(['hads: ambiguous-code']);
  });

  it('by its components', () => {
    const component = [
      { code: { coding: [{ system: SNOMED, code: '401319005' }] }, valueInteger: 9 },
      { code: { coding: [{ system: SNOMED, code: '401320004' }] }, valueInteger: 10 },
      { code: { coding: [{ system: SNOMED, code: '1' }] }, valueInteger: 3 },
      null,
    ];
    expect(
      values(scoresOf([total('x', { code: { coding: [{ system: SNOMED, code: '273524006' }] }, component })])),
    ).toEqual({
      'hads-anxiety': 9,
      'hads-depression': 10,
    });
  });
});

describe('the pain score', () => {
  const method = (code: string, system = 'urn:oid:2.16.840.1.113883.2.4.3.11.60.40.4.9.1') => ({
    coding: [{ system, code }],
  });

  it.each(['NRS', 'VAS10'])('is read with method %s', (code) => {
    expect(values(scoresOf([total('pain-nrs', { valueInteger: 7, method: method(code) })]))).toEqual({ 'pain-nrs': 7 });
  });

  it.each([
    ['VAS100', { method: method('VAS100') }],
    ['NRS of another system', { method: method('NRS', 'urn:other') }],
    ['a method in words', { method: { text: 'VAS 0-100' } }],
    [
      'a VAS code beside it',
      {
        code: {
          coding: [
            { system: SCORE, code: 'pain-nrs' },
            { system: 'http://loinc.org', code: '38214-3' },
          ],
        },
      },
    ],
  ])('is not read with %s, also not when it would fit', (_name, more) => {
    const scores = scoresOf([total('pain-nrs', { valueInteger: 7, ...more })]);
    expect(scores.scores).toEqual([]);
    expect(problems(scores)).toEqual(['pain-nrs: other-method']);
  });

  it('is not read in millimetres', () => {
    expect(problems(scoresOf([total('pain-nrs', { valueQuantity: { value: 7, unit: 'mm', code: 'mm' } })]))).toEqual([
      'pain-nrs: other-unit',
    ]);
  });
});

describe('a total of the PSK', () => {
  it('is one score up to 10', () => {
    expect(scoresOf([total('psk', { valueQuantity: { value: 7.5 } })])).toMatchObject({
      scores: [{ value: 7.5, min: 0, max: 10 }],
      problems: [],
    });
  });

  it('is a sum above that, up to five activities, and says so', () => {
    expect(scoresOf([total('psk', { valueInteger: 24 })])).toMatchObject({
      scores: [{ value: 24, min: 0, max: 50 }],
      problems: [{ score: 'psk', problem: 'read-as-sum', detail: { min: 0, max: 50 } }],
    });
  });

  it('is refused beyond', () => {
    expect(problems(scoresOf([total('psk', { valueInteger: 51 })]))).toEqual(['psk: out-of-range']);
  });
});

describe('the presence of the general pain questionnaire', () => {
  it.each([{}, { dataAbsentReason: { text: 'x' } }])(
    'is not told by a panel of which the part has no value',
    (more) => {
      const part = { code: { coding: [{ system: SCORE, code: 'general-pain-questionnaire' }] } };
      const panel = total('panel', { code: { text: 'panel' }, component: [part], ...more });
      expect(scoresOf([panel]).scores).toEqual([]);
    },
  );

  const observed = (more: Readonly<Record<string, unknown>>) => scoresOf([total('general-pain-questionnaire', more)]);

  it.each([
    ['true', { valueBoolean: true }],
    ['one', { valueInteger: 1 }],
    ['the day it was completed', { valueDateTime: '2026-11-20' }],
    [
      'a code for present',
      { valueCodeableConcept: { coding: [{ system: 'http://snomed.info/sct', code: '52101004' }] } },
    ],
  ])('is told by %s', (_name, value) => {
    expect(observed(value).scores).toMatchObject([{ value: 1, min: 0, max: 1 }]);
  });

  it.each([
    ['false', { valueBoolean: false }, 'declared-absent'],
    ['zero', { valueInteger: 0 }, 'declared-absent'],
    ['text', { valueString: 'nee' }, 'unreadable-value'],
    [
      'a code for absent',
      { valueCodeableConcept: { coding: [{ system: 'http://snomed.info/sct', code: '2667000' }] } },
      'declared-absent',
    ],
    [
      'codes for both',
      {
        valueCodeableConcept: {
          coding: ['2667000', '52101004'].map((code) => ({ system: 'http://snomed.info/sct', code })),
        },
      },
      'unreadable-value',
    ],
    ['another code', { valueCodeableConcept: { coding: [{ system: 'urn:x', code: '52101004' }] } }, 'unreadable-value'],
    ['a reason for its absence', { dataAbsentReason: { text: 'not asked' } }, 'no-value'],
    ['nothing', {}, 'no-value'],
    [
      'a value that may not be seen',
      { _valueBoolean: { extension: [{ url: 'urn:x', valueCode: 'masked' }] } },
      'no-value',
    ],
    ['less than one', { valueQuantity: { value: 1, comparator: '<' } }, 'unreadable-value'],
    ['a measure', { valueQuantity: { value: 1, unit: '%' } }, 'other-unit'],
    ['a day in words', { valueDateTime: 'nooit' }, 'unreadable-value'],
    ['a day after the assessment', { valueDateTime: '2027-01-01' }, 'in-the-future'],
  ])('is not told by %s', (_name, value, problem) => {
    expect(observed(value).scores).toEqual([]);
    expect(problems(observed(value))).toEqual([`general-pain-questionnaire: ${problem}`]);
  });
});

describe('codes of a site', () => {
  const local = { system: 'urn:hospital', code: 'PDI01', score: 'pdi' };

  it('count once they are mapped', () => {
    const observation = total('x', {
      code: { coding: [{ system: local.system, code: local.code }] },
      valueInteger: 45,
    });
    const extended = withSiteCodes(instruments, [local, local]);
    expect(extended.rejected).toEqual([]);
    expect(values(scoresOf([observation], extended.instruments))).toEqual({ pdi: 45 });
    expect(values(scoresOf([observation]))).toEqual({});
  });

  it('are given back when the score does not exist or the code means another score', () => {
    const wrong = [
      { ...local, score: 'pdi-total' },
      { system: SNOMED, code: '401319005', score: 'hads-depression' },
    ];
    expect(withSiteCodes(instruments, wrong).rejected).toEqual(wrong);
  });
});
