import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Course, type CourseFigures, type Window } from '../../src/facts/course.js';
import type { Row } from '../../src/facts/fact.js';
import { Ledger } from '../../src/facts/ledger.js';

const row = (columns: Record<string, unknown>): Row => ({
  source: 'procedures',
  reference: 'Procedure/x',
  path: 'performed',
  ...columns,
});
const on = (...days: string[]): Row[] => days.map((day) => row({ on: day }));
const WINDOW = { from: '2024-11-03', to: '2026-11-03' };
const ALWAYS = { from: '0001-01-01', to: '9999-12-31' };
const PAUSE = 84;

/** Contacts of one group added up, as a tally does; nothing when none of them falls inside the window. */
function courseOf(contacts: readonly Row[], window: Window, pauseDays: number): CourseFigures | undefined {
  const entries = new Ledger(contacts).entries(window);
  if (entries.length === 0) return undefined;
  const course = new Course(pauseDays);
  for (const { reading } of entries) course.add(reading);
  return course.figures();
}

describe('what contacts add up to', () => {
  it('nothing when there are none', () => {
    expect(courseOf([], WINDOW, PAUSE)).toBeUndefined();
  });

  it('distinct days count once', () => {
    expect(courseOf(on('2025-01-01', '2025-01-01', '2025-01-10'), WINDOW, PAUSE)).toMatchObject({
      number: 2,
      numberKnown: true,
      spanDays: 9,
    });
  });

  it('both ends of the window count, the days beside it do not', () => {
    const days = on('2024-11-02', '2024-11-03', '2026-11-03', '2026-11-04');
    expect(courseOf(days, WINDOW, PAUSE)).toMatchObject({ number: 2, first: '2024-11-03', last: '2026-11-03' });
    expect(courseOf(on('2024-11-02', '2026-11-04'), WINDOW, PAUSE)).toBeUndefined();
  });

  it('a pause of exactly the limit is treatment time, a day more is not', () => {
    expect(courseOf(on('2025-01-01', '2025-03-26'), WINDOW, PAUSE)).toMatchObject({ spanDays: 84, activeDays: 84 });
    expect(courseOf(on('2025-01-01', '2025-03-27'), WINDOW, PAUSE)).toMatchObject({
      spanDays: 85,
      activeDays: 0,
      longestPauseDays: 85,
    });
  });

  it('a period without a number leaves the number open', () => {
    const series = [row({ from: '2025-01-01', to: '2025-06-01' })];
    expect(courseOf(series, WINDOW, PAUSE)).toMatchObject({
      number: 0,
      numberKnown: false,
      spanDays: 151,
      spanKnown: true,
    });
  });

  it.each([
    ['at its begin', '2024-11-02', '2025-01-03'],
    ['at its end', '2026-09-04', '2026-11-04'],
    ['by its month alone', '2024-11', '2025-01-03'],
  ])('of a series that goes on outside the window (%s) the number inside is not told (T2)', (_, from, to) => {
    expect(courseOf([row({ from, to, number: 7 })], WINDOW, PAUSE)).toMatchObject({ number: 0, numberKnown: false });
    expect(courseOf([row({ from, to, number: 7 })], WINDOW, PAUSE)).toMatchObject({ numberAtMost: 7 });
    expect(courseOf([row({ from, to, number: 1 })], WINDOW, PAUSE)).toMatchObject({ number: 0, numberAtMost: 1 });
    expect(courseOf([row({ from, to, number: 7 })], ALWAYS, PAUSE)).toMatchObject({ number: 7, numberKnown: true });
  });

  it.each([
    ['at its begin', '2024-11-02', '2025-01-03', { number: 7, numberKnown: true, first: '2024-11-03' }],
    ['at its end', '2026-09-04', '2026-11-04', { number: 0, numberKnown: false }],
    ['on fewer days than that', '2024-11-02', '2024-11-08', { number: 0, numberKnown: false }],
  ])(
    'a number that was asked since the window began holds of a series that goes on outside it %s',
    (_, from, to, told) => {
      const series = [row({ from, to, number: 7, numberSinceWindow: true })];
      expect(courseOf(series, WINDOW, PAUSE)).toMatchObject(told);
    },
  );

  it('a series that begins and ends on the days of the window counts as the number it states', () => {
    const series = [row({ from: '2024-11-03', to: '2026-11-03', number: 7 })];
    expect(courseOf(series, WINDOW, PAUSE)).toMatchObject({ number: 7, numberKnown: true, spanDays: 730 });
  });

  it.each<[string, string, number, boolean]>([
    ['2025-03-03', '2025-03-05', 4, false],
    ['2025-03-03', '2025-03-05', 3, true],
    ['2025-03-03', '2025-03-03', 2, false],
    ['2025-03-03', '2025-03-03', 1, true],
    ['2025-03-03', '2025-03-04', 1, false],
    ['2025-03-03', '2025-03-04', 2, true],
  ])('from %s to %s can be %i contacts: %s', (from, to, number, possible) => {
    expect(courseOf([row({ from, to, number })], WINDOW, PAUSE)).toMatchObject({
      number: possible ? number : 0,
      numberKnown: possible,
      spanKnown: possible,
    });
  });

  it('a number without dates is a number without dates', () => {
    expect(courseOf([row({ number: 8 })], WINDOW, PAUSE)).toEqual({
      number: 8,
      numberKnown: true,
      numberAtMost: 8,
      spanKnown: false,
    });
  });

  it('a contact without a readable day leaves everything open', () => {
    expect(courseOf([...on('2025-01-01'), row({})], WINDOW, PAUSE)).toMatchObject({
      number: 1,
      numberKnown: false,
      spanKnown: false,
    });
  });

  it.each<[string, Row[], number, number | undefined]>([
    ['those of one month may be of one day', on('2025-01', '2025-01'), 1, undefined],
    ['those of two months are two', on('2025-01', '2025-02'), 2, 1],
    ['one of a month may be that of a day in it', on('2025-01-31', '2025-01'), 1, 0],
    ['and is none of a day beside it', on('2025-01', '2025-02-01'), 2, 1],
    ['one of a year is any of its days', on('2025', '2025-01', '2025-12-31'), 2, 334],
    ['and none of the next', on('2025', '2026-01'), 2, 1],
    ['the one that bounds the others counts', on('2025', '2025-03', '2025-05'), 2, 31],
    ['six months are six', on('2025-01', '2025-02', '2025-03', '2025-04', '2025-05', '2025-06'), 6, 121],
    ['what may lie outside is none', on('2024-11', '2025-01', '2026-11'), 1, undefined],
    ['nor is one of no day', [row({}), ...on('2025-01')], 1, undefined],
  ])('how many at least, and over how many days: %s', (_, contacts, number, spanDays) => {
    const told = courseOf(contacts, WINDOW, PAUSE)!;
    expect(told).toMatchObject({ number, numberKnown: false, spanKnown: false });
    expect(told.spanDays).toBe(spanDays);
  });

  it('of contacts that are told by the month the longest pause that there can be is none of treatment', () => {
    expect(courseOf(on('2025-01', '2025-03'), WINDOW, PAUSE)).toMatchObject({ spanDays: 29, longestPauseDays: 89 });
    const paused = courseOf(on('2025-01', '2025-02', '2025-08', '2025-09'), WINDOW, PAUSE);
    expect(paused).toMatchObject({ number: 4, spanDays: 213, activeDays: 2, longestPauseDays: 211 });
  });

  it.each<[string, Row[], number | undefined]>([
    ['every contact of an open day is one at most', [...on('2025-01-01', '2025-03'), row({ on: '2025-03' })], 3],
    ['days that are known count once', on('2025-01-01', '2025-01-01', '2025-02'), 2],
    ['a contact that may lie outside the window is one at most', on('2024-11', '2025-03-01'), 2],
    [
      'a series without a number may be any',
      [row({ from: '2025-01-01', to: '2025-03-01' }), ...on('2025-05-01')],
      undefined,
    ],
    [
      'nor does a number that the days gainsay tell',
      [row({ from: '2025-03-03', to: '2025-03-05', number: 4 })],
      undefined,
    ],
    ['nor a contact of which nothing can be read', [row({}), ...on('2025-05-01')], undefined],
  ])('how many at most: %s', (_, contacts, numberAtMost) => {
    expect(courseOf(contacts, WINDOW, PAUSE)).toMatchObject({ numberAtMost });
  });

  it('a month inside the window is a contact of which the day is open; a month before it is none', () => {
    expect(courseOf(on('2025-03'), WINDOW, PAUSE)).toMatchObject({ numberKnown: false, spanKnown: false });
    expect(courseOf(on('2024-10'), WINDOW, PAUSE)).toBeUndefined();
  });

  it('an end that is not told leaves the duration open', () => {
    expect(courseOf([row({ from: '2025-01-01', number: 9 })], WINDOW, PAUSE)).toMatchObject({
      number: 9,
      spanKnown: false,
    });
  });
});

describe('properties of a course', () => {
  const day = fc
    .integer({ min: 0, max: 900 })
    .map((offset) => new Date(Date.UTC(2024, 5, 1 + offset)).toISOString().slice(0, 10));
  const contact = fc.oneof(
    day.map((value) => row({ on: value })),
    fc
      .tuple(day, day, fc.option(fc.nat({ max: 20 })))
      .map(([a, b, number]) => row({ from: a < b ? a : b, to: a < b ? b : a, ...(number === null ? {} : { number }) })),
    fc.constant(row({})),
  );

  it('the order of contacts never matters', () => {
    fc.assert(
      fc.property(fc.array(contact, { maxLength: 12 }), (contacts) => {
        expect(courseOf([...contacts].reverse(), WINDOW, PAUSE)).toEqual(courseOf(contacts, WINDOW, PAUSE));
      }),
    );
  });

  it('another contact never lowers the number or the span', () => {
    fc.assert(
      fc.property(fc.array(contact, { minLength: 1, maxLength: 10 }), contact, (contacts, more) => {
        const before = courseOf(contacts, WINDOW, PAUSE);
        const after = courseOf([...contacts, more], WINDOW, PAUSE);
        expect(after?.number ?? 0).toBeGreaterThanOrEqual(before?.number ?? 0);
        expect(after?.spanDays ?? 0).toBeGreaterThanOrEqual(before?.spanDays ?? 0);
      }),
    );
  });

  it('nothing lies outside the window, and active days never exceed the span', () => {
    fc.assert(
      fc.property(fc.array(contact, { maxLength: 12 }), (contacts) => {
        const course = courseOf(contacts, WINDOW, PAUSE);
        if (course?.first === undefined) return;
        expect(course.first >= WINDOW.from && course.last! <= WINDOW.to).toBe(true);
        expect(course.activeDays).toBeLessThanOrEqual(course.spanDays!);
        expect(course.spanDays).toBeLessThanOrEqual(730);
      }),
    );
  });
});
