import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, boundsOf, calendarDay, daysBetween, isDay } from '../../src/logic/calendar.js';
import { inForceOn } from '../../src/logic/validity.js';

describe('the calendar day of a FHIR date', () => {
  it.each([
    ['2026-11-03', '2026-11-03'],
    ['2026-11', '2026-11'],
    ['2026', '2026'],
    ['2026-02-30', undefined],
    ['2026-13', undefined],
    ['2024-02-29', '2024-02-29'],
    ['2026-02-29', undefined],
    ['yesterday', undefined],
    ['', undefined],
    [20261103, undefined],
    [null, undefined],
    // An instant falls on the Dutch day: an hour (winter) or two (summer) ahead of UTC.
    ['2026-10-31T22:59:59Z', '2026-10-31'],
    ['2026-10-31T23:00:00Z', '2026-11-01'],
    ['2026-07-31T21:59:59Z', '2026-07-31'],
    ['2026-07-31T22:00:00Z', '2026-08-01'],
    ['2026-11-01T00:30:00+01:00', '2026-11-01'],
    ['2026-10-31T18:00:00-05:00', '2026-11-01'],
    ['0001-01-01T00:00:00Z', '0001-01-01'],
    ['0000-01-01T00:00:00Z', '0000-01-01'],
    ['0000-01-01T00:00:00+02:00', undefined],
    ['9999-12-31T22:59:59Z', '9999-12-31'],
    ['9999-12-31T23:00:00Z', undefined],
    ['2026-10-31T12:00:00', undefined],
    ['2026-10-31T25:00:00Z', undefined],
    ['2026-10-31T24:00:00Z', undefined],
    ['2026-10-31T23:60:00Z', undefined],
    ['2026-02-29T10:00:00+01:00', undefined],
    ['2024-02-29T10:00:00+01:00', '2024-02-29'],
    ['2026-09-31T10:00:00+02:00', undefined],
    ['2026-09-30T10:00:00+14:00', '2026-09-29'],
    ['2026-09-30T10:00:00+14:30', undefined],
    ['2026-09-30T10:00:00-23:59', undefined],
  ])('%j is %j', (text, day) => {
    expect(calendarDay(text)).toBe(day);
  });

  it('never depends on the time zone of the machine', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1990-01-01'), max: new Date('2040-01-01'), noInvalidDate: true }),
        (date) => {
          const day = calendarDay(date.toISOString())!;
          const shown = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Amsterdam' }).format(date);
          expect(day).toBe(shown);
          expect(isDay(day)).toBe(true);
        },
      ),
    );
  });
});

describe('days', () => {
  it.each([
    ['2025-09-01', '2025-11-24', 84],
    ['2025-09-01', '2025-11-23', 83],
    ['2026-03-28', '2026-03-30', 2],
    ['2026-10-24', '2026-10-26', 2],
    ['2024-02-28', '2024-03-01', 2],
    ['2026-05-02', '2026-05-01', -1],
  ])('from %s to %s are %d', (first, last, days) => {
    expect(daysBetween(first, last)).toBe(days);
  });

  it.each([
    ['2026-03-28', 2, '2026-03-30'],
    ['2024-02-28', 2, '2024-03-01'],
    ['2027-01-01', -1, '2026-12-31'],
    ['2026-05-17', 0, '2026-05-17'],
    ['0001-01-01', -366, '0000-01-01'],
    ['9999-12-30', 1, '9999-12-31'],
  ])('%s and %d days is %s', (day, days, other) => {
    expect(addDays(day, days)).toBe(other);
  });

  it.each([
    ['2026', '2026-01-01', '2026-12-31'],
    ['2024-02', '2024-02-01', '2024-02-29'],
    ['2026-02', '2026-02-01', '2026-02-28'],
    ['2026-12', '2026-12-01', '2026-12-31'],
    ['0000-02', '0000-02-01', '0000-02-29'],
    ['0099-02', '0099-02-01', '0099-02-28'],
    ['2026-05-17', '2026-05-17', '2026-05-17'],
  ])('%s can be %s to %s', (partial, first, last) => {
    expect(boundsOf(partial)).toEqual({ first, last });
  });
});

describe('the version in force', () => {
  const versions = [
    { validFrom: '2026-04-20', validTo: '2026-12-31' },
    { validFrom: '2027-01-01', validTo: '2027-06-30' },
  ];
  it.each([
    ['2026-04-19', undefined],
    ['2026-04-20', '2026-04-20'],
    ['2026-12-31', '2026-04-20'],
    ['2027-01-01', '2027-01-01'],
    ['2027-06-30', '2027-01-01'],
    ['2027-07-01', undefined],
  ])('on %s is %s', (day, from) => {
    expect(inForceOn(versions, day)?.validFrom).toBe(from);
  });
});
