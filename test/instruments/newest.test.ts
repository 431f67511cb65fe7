import { describe, expect, it } from 'vitest';
import { form, integers, problems, scoresOf, scoresOfBundle, total, values } from './records.js';

const pdi = (value: number, more: Readonly<Record<string, unknown>>): unknown =>
  total('pdi', { id: `o-${value}`, valueInteger: value, ...more });
const day = (effectiveDateTime: string | undefined) => ({ effectiveDateTime });

describe('the newest valid score is the one that counts', () => {
  /** The newer first. */
  it.each([
    ['a later day', pdi(10, day('2026-11-20')), pdi(60, day('2026-11-19'))],
    ['a later time on one day', pdi(10, day('2026-11-20T15:00:00+01:00')), pdi(60, day('2026-11-20T09:00:00+01:00'))],
    [
      'a later instant in another zone',
      pdi(10, day('2026-11-20T12:30:00Z')),
      pdi(60, day('2026-11-20T13:00:00+01:00')),
    ],
    ['a time over no time on one day', pdi(10, day('2026-11-20T00:01:00+01:00')), pdi(60, day('2026-11-20'))],
    ['a day over its month', pdi(10, day('2026-11-01')), pdi(60, day('2026-11'))],
    ['a month over its year', pdi(10, day('2026-01')), pdi(60, day('2026'))],
    ['a month over a day before it', pdi(10, day('2026-11')), pdi(60, day('2026-10-31'))],
    ['any date over none', pdi(10, day('1990')), pdi(60, day(undefined))],
    ['any date over an unreadable one', pdi(10, day('1990')), pdi(60, day('2026-02-30'))],
    ['a valid one over what was broken off', pdi(10, day('2026-01-01')), pdi(60, { status: 'cancelled' })],
    ['a valid one over what is not final yet', pdi(10, day('2026-01-01')), pdi(60, { status: 'preliminary' })],
    [
      'the end of a period',
      pdi(10, { effectiveDateTime: undefined, effectivePeriod: { start: '2026-01-01', end: '2026-11-21' } }),
      pdi(60, day('2026-11-20')),
    ],
    [
      'an instant',
      pdi(10, { effectiveDateTime: undefined, effectiveInstant: '2026-11-21T10:00:00+01:00' }),
      pdi(60, day('2026-11-20')),
    ],
    [
      'item answers over a total of the same day',
      form('pdi', integers([4, 1, 1, 1, 1, 1, 1])),
      pdi(60, day('2026-11-20')),
    ],
    [
      'item answers over a total of the same day that was updated later',
      form('pdi', integers([4, 1, 1, 1, 1, 1, 1])),
      pdi(60, { meta: { lastUpdated: '2026-11-25T10:00:00Z' } }),
    ],
    [
      'the later update',
      pdi(10, { meta: { lastUpdated: '2026-11-25T10:00:00Z' } }),
      pdi(60, { meta: { lastUpdated: '2026-11-24T10:00:00Z' } }),
    ],
    [
      'the later update, told in another zone',
      pdi(10, { meta: { lastUpdated: '2026-11-25T09:30:00Z' } }),
      pdi(60, { meta: { lastUpdated: '2026-11-25T10:00:00+01:00' } }),
    ],
    [
      'any update over one that cannot be read',
      pdi(10, { meta: { lastUpdated: '2026-11-25T09:30:00Z' } }),
      pdi(60, { meta: { lastUpdated: 'yesterday' } }),
    ],
    ['a valid one over a newer that is not', pdi(10, day('2026-01-01')), pdi(71, day('2026-11-30'))],
  ])('%s', (_name, newer, older) => {
    expect(values(scoresOf([newer, older]))).toEqual({ pdi: 10 });
    expect(values(scoresOf([older, newer]))).toEqual({ pdi: 10 });
  });

  it('is one and the same when nothing tells two apart but their value', () => {
    const anonymous = [10, 60].map((value) => pdi(value, { id: undefined }));
    expect(scoresOf(anonymous)).toEqual(scoresOf(anonymous.toReversed()));
    expect(scoresOf(anonymous).history).toHaveLength(2);
  });

  it('gives every valid score from old to new for a chart', () => {
    const scores = scoresOf([
      pdi(30, day('2026-11-20')),
      pdi(50, day('2025')),
      pdi(99, day('2026-01-01')),
      pdi(40, day('2026-05-05')),
      total('work-ability', { valueInteger: 3 }),
    ]);
    expect(scores.history.map(({ instrument, value }) => [instrument, value])).toEqual([
      ['pdi', 50],
      ['pdi', 40],
      ['pdi', 30],
      ['work-ability', 3],
    ]);
  });
});

describe('the date of a score', () => {
  it.each([
    ['2026-11-20', '2026-11-20'],
    ['2026-11', '2026-11'],
    ['2026', '2026'],
    ['2026-11-20T23:30:00Z', '2026-11-21'],
    ['2026-11-20T23:30:00+01:00', '2026-11-20'],
  ])('of %s is the Dutch calendar day %s', (effectiveDateTime, expected) => {
    expect(scoresOf([pdi(10, { effectiveDateTime })]).scores[0]?.date).toBe(expected);
  });

  it.each([['2026-02-30'], ['20 november'], [20261120], [{}], [''], ['2026-12-20T10:00:00']])(
    '%j is unreadable: it may lie after the assessment, so the score is not used, and that is reported',
    (effectiveDateTime) => {
      const scores = scoresOf([pdi(10, { effectiveDateTime })]);
      expect(scores.history).toEqual([]);
      expect(problems(scores)).toEqual(['pdi: unreadable-date']);
    },
  );

  it.each<[string, object]>([
    ['a period without an end', { effectivePeriod: { start: '2026-11-01' } }],
    ['a period of which the end is masked', { effectivePeriod: { start: '2026-11-01', _end: { extension: [] } } }],
    ['times of a schedule', { effectiveTiming: { event: ['2026-12-20'] } }],
  ])('%s is none that can be read either', (_, effective) => {
    const scores = scoresOf([pdi(10, { effectiveDateTime: undefined, ...effective })]);
    expect(scores.history).toEqual([]);
    expect(problems(scores)).toEqual(['pdi: unreadable-date']);
  });

  it('may be absent: the score is then used as the oldest', () => {
    expect(scoresOf([pdi(10, day(undefined))]).scores).toEqual([
      { instrument: 'pdi', value: 10, min: 0, max: 70, reference: 'Observation/o-10' },
    ]);
  });

  it('is reported as unreadable for a form too', () => {
    expect(problems(scoresOf([form('work-ability', integers([4]), { authored: 'gisteren' })]))).toEqual([
      'work-ability: unreadable-date',
    ]);
  });
});

describe('beside one of which nobody can tell whether it holds', () => {
  const asked = (status: string | undefined, authored: string | undefined) =>
    form('pdi', integers([1, 1, 1, 1, 1, 1, 1]), { status, authored });
  it.each<[string, unknown]>([
    ['a newer measurement without a status', pdi(60, { ...day('2026-11-21'), status: undefined })],
    ['one of the same day', pdi(60, { ...day('2026-11-20'), status: 'unknown' })],
    ['one without a day', pdi(60, { ...day(undefined), status: undefined })],
    ['one of the month', pdi(60, { ...day('2026-11'), status: undefined })],
    ['one that cannot be read', pdi(60, { ...day('2026-11-21'), modifierExtension: [{ url: 'u' }] })],
    ['one that does not tell what it is', pdi(60, { ...day('2026-11-21'), code: undefined })],
    ['a newer form without a status', asked(undefined, '2026-11-21')],
    ['one that cannot be read, without a day', { ...(asked('completed', undefined) as object), item: [null] }],
  ])('the newest score is not told: %s', (_, untold) => {
    const scores = scoresOfBundle([pdi(10, day('2026-11-20')), untold]);
    expect(values(scores)).toEqual({});
    expect(scores.history).toHaveLength(1);
  });

  it.each<[string, unknown]>([
    ['is older for sure', pdi(60, { ...day('2026-11-19'), status: undefined })],
    ['lies after the assessment', pdi(60, { ...day('2026-12-19'), status: undefined })],
    ['is of another kind', total('work-ability', { valueInteger: 3, modifierExtension: [{ url: 'u' }] })],
    ['is a form that is being filled in', asked('in-progress', '2026-11-21')],
  ])('it is where that %s', (_, untold) => {
    expect(values(scoresOfBundle([pdi(10, day('2026-11-20')), untold]))).toEqual({ pdi: 10 });
  });
});

describe('a score of after the day of the assessment, 2026-12-01', () => {
  it.each([['2026-12-01'], ['2026-12'], ['2026'], ['2026-12-01T22:59:59Z']])(
    '%s is not after it',
    (effectiveDateTime) => {
      expect(scoresOf([pdi(10, { effectiveDateTime })]).scores).toHaveLength(1);
    },
  );

  it.each([['2026-12-02'], ['2027-01'], ['2027'], ['2026-12-01T23:00:00Z']])('%s is not used', (effectiveDateTime) => {
    const scores = scoresOf([
      pdi(10, { effectiveDateTime }),
      form('pdi', integers([1, 1, 1, 1, 1, 1, 1]), { authored: effectiveDateTime }),
    ]);
    expect(scores.history).toEqual([]);
    expect(problems(scores)).toEqual(['pdi: in-the-future', 'pdi: in-the-future']);
  });
});

it('names a resource without id by its type', () => {
  expect(scoresOf([pdi(10, { id: undefined })]).scores[0]?.reference).toBe('Observation');
});
