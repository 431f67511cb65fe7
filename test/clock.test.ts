import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createDayOfNow, createInstantText, dayOfInstant, endOfDayMs, startOfDayMs } from '../src/clock.js';

describe('a Dutch calendar day', () => {
  test.each([
    ['2026-11-20', '2026-11-19T23:00:00Z', '2026-11-20T23:00:00Z'],
    ['2026-07-01', '2026-06-30T22:00:00Z', '2026-07-01T22:00:00Z'],
    ['2026-03-29', '2026-03-28T23:00:00Z', '2026-03-29T22:00:00Z'],
    ['2026-10-25', '2026-10-24T22:00:00Z', '2026-10-25T23:00:00Z'],
    ['2028-02-29', '2028-02-28T23:00:00Z', '2028-02-29T23:00:00Z'],
    ['2026-12-31', '2026-12-30T23:00:00Z', '2026-12-31T23:00:00Z'],
  ])('%s runs from %s to %s', (day, start, end) => {
    expect(new Date(startOfDayMs(day))).toEqual(new Date(start));
    expect(new Date(endOfDayMs(day))).toEqual(new Date(end));
  });

  test.each([
    ['0000-06-01T12:00:00Z', '0000-06-01'],
    ['0000-12-31T23:59:00Z', '0001-01-01'],
    ['0001-01-01T00:00:00Z', '0001-01-01'],
    ['0999-12-31T23:00:00Z', '0999-12-31'],
    ['0999-12-31T23:50:00Z', '1000-01-01'],
    ['1892-02-29T12:00:00Z', '1892-02-29'],
    ['1892-04-30T23:45:00Z', '1892-05-01'],
    ['1937-06-30T22:30:00Z', '1937-06-30'],
    ['1937-06-30T23:30:00Z', '1937-07-01'],
    ['1945-12-31T22:59:59Z', '1945-12-31'],
    ['1945-12-31T23:00:00Z', '1946-01-01'],
    ['9999-12-31T22:59:59Z', '9999-12-31'],
  ])('at %s is %s', (instant, day) => {
    expect(dayOfInstant(Date.parse(instant))).toBe(day);
  });

  test('ends on the last day that can be written', () => {
    expect(new Date(endOfDayMs('9999-12-31'))).toEqual(new Date('9999-12-31T23:00:00Z'));
  });

  test('is the one that the time zone tables give', () => {
    const tables = new Intl.DateTimeFormat('en-CA', {
      timeZone: 'Europe/Amsterdam',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
    });
    const range = { min: Date.parse('1900-01-01T00:00:00Z'), max: Date.parse('2100-01-01T00:00:00Z') };
    const aroundMidnight = fc
      .tuple(fc.integer({ min: -25_567, max: 47_482 }), fc.integer({ min: -9_000_000, max: 0 }))
      .map(([day, offset]) => day * 86_400_000 + offset);
    fc.assert(
      fc.property(fc.oneof(fc.integer(range), aroundMidnight), (instantMs) => {
        expect(dayOfInstant(instantMs)).toBe(tables.format(instantMs));
      }),
      { numRuns: 3000 },
    );
  });

  test('holds its own instants and no others', () => {
    const range = { min: Date.parse('1950-01-01T00:00:00Z'), max: Date.parse('2100-01-01T00:00:00Z') };
    fc.assert(
      fc.property(fc.integer(range), (instantMs) => {
        const day = dayOfInstant(instantMs);
        expect(startOfDayMs(day)).toBeLessThanOrEqual(instantMs);
        expect(endOfDayMs(day)).toBeGreaterThan(instantMs);
        expect(dayOfInstant(startOfDayMs(day) - 1) < day).toBe(true);
      }),
      { numRuns: 200 },
    );
  });
});

test('an instant has its text, also when it comes again', () => {
  const textOf = createInstantText();
  const instants = [0, 0, 1_795_000_000_123, 1_795_000_000_123, 1_795_000_000_124, 0];
  expect(instants.map(textOf)).toEqual(instants.map((instant) => new Date(instant).toISOString()));
});

test('the day of now changes with the day, whatever came before', () => {
  const range = { min: Date.parse('1950-01-01T00:00:00Z'), max: Date.parse('2100-01-01T00:00:00Z') };
  const nearMidnight = fc.integer({ min: -2, max: 2 }).map((ms) => startOfDayMs('2026-03-29') + ms);
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.integer(range), nearMidnight)), (instants) => {
      let now = 0;
      const today = createDayOfNow(() => now);
      for (now of instants) expect(today()).toBe(dayOfInstant(now));
    }),
  );
});
