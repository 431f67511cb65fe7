import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { feedbackBodySchema, utcInstantMs } from '../../src/schemas/feedback.js';

const AT = '2026-11-20T09:01:00Z';
const good = { card: 'c-1', outcome: 'accepted', acceptedSuggestions: [{ id: 's-1' }], outcomeTimestamp: AT };
const override = { card: 'c-1', outcome: 'overridden', outcomeTimestamp: AT };

/** Where the body is wrong, as paths; empty when it is right. */
function wrongAt(body: unknown): readonly string[] {
  const read = feedbackBodySchema.safeParse(body);
  return read.success ? [] : read.error.issues.map(({ path }) => path.join('.'));
}

describe('the feedback body', () => {
  test.each([
    ['[row 121] accepted with a suggestion', [good]],
    ['[row 122] fractions of a second', [{ ...good, outcomeTimestamp: '2026-11-20T09:01:00.123456Z' }]],
    ['[row 123] overridden without a reason', [override]],
    [
      '[row 123] a reason with code and system only',
      [{ ...override, overrideReason: { reason: { system: 's', code: 'c' } } }],
    ],
    ['[row 123] a reason with a code only', [{ ...override, overrideReason: { reason: { code: 'c' } } }]],
    ['[row 123] a comment only', [{ ...override, overrideReason: { userComment: 'text' } }]],
    ['[row 124] several items', [good, override, { ...good, card: 'c-2' }]],
    ['[row 126] unknown fields and extension', [{ ...good, extension: { 'nl.x': [1] }, other: null }]],
    ['nothing to report', []],
    ['as many items as there may be', Array.from({ length: 1000 }, () => good)],
    ['as many suggestions', [{ ...good, acceptedSuggestions: Array.from({ length: 100 }, () => ({ id: 's' })) }]],
  ])('%s is accepted', (_title, feedback) => {
    expect(wrongAt({ feedback, extra: { deep: [1, null] } })).toEqual([]);
  });

  test.each([
    ['[row 118] a bare item', good, ['feedback']],
    ['[row 118] a bare array', [good], ['']],
    ['[row 118] an item for the array', { feedback: good }, ['feedback']],
    ['more items than there may be', { feedback: Array.from({ length: 1001 }, () => good) }, ['feedback']],
    ['one fault for all of a long list', { feedback: Array.from({ length: 1_000_000 }, () => 0) }, ['feedback']],
    [
      'more suggestions than there may be',
      { feedback: [{ ...good, acceptedSuggestions: Array.from({ length: 101 }, () => ({ id: 's' })) }] },
      ['feedback.0.acceptedSuggestions'],
    ],
    ['[row 119] no card', { feedback: [{ ...good, card: undefined }] }, ['feedback.0.card']],
    ['[row 119] a number for a card', { feedback: [good, { ...good, card: 1 }] }, ['feedback.1.card']],
    ['[row 119] an empty card', { feedback: [{ ...good, card: '' }] }, ['feedback.0.card']],
    ['[row 120] ignored', { feedback: [{ ...good, outcome: 'ignored' }] }, ['feedback.0.outcome']],
    ['[row 120] no outcome', { feedback: [{ ...good, outcome: undefined }] }, ['feedback.0.outcome']],
    [
      '[row 121] accepted, no suggestions',
      { feedback: [{ ...override, outcome: 'accepted' }] },
      ['feedback.0.acceptedSuggestions'],
    ],
    [
      '[row 121] accepted, none',
      { feedback: [{ ...good, acceptedSuggestions: [] }] },
      ['feedback.0.acceptedSuggestions'],
    ],
    [
      '[row 121] a bare id',
      { feedback: [{ ...good, acceptedSuggestions: ['s-1'] }] },
      ['feedback.0.acceptedSuggestions.0'],
    ],
    [
      '[row 121] no id',
      { feedback: [{ ...good, acceptedSuggestions: [{}] }] },
      ['feedback.0.acceptedSuggestions.0.id'],
    ],
    [
      '[row 122] no timestamp',
      { feedback: [{ ...good, outcomeTimestamp: undefined }] },
      ['feedback.0.outcomeTimestamp'],
    ],
    [
      '[row 122] a local time',
      { feedback: [{ ...good, outcomeTimestamp: '2026-11-20T09:01:00+01:00' }] },
      ['feedback.0.outcomeTimestamp'],
    ],
    [
      '[row 123] a text for a reason',
      { feedback: [{ ...override, overrideReason: 'no' }] },
      ['feedback.0.overrideReason'],
    ],
    [
      '[row 123] a reason without code',
      { feedback: [{ ...override, overrideReason: { reason: {} } }] },
      ['feedback.0.overrideReason.reason.code'],
    ],
  ])('%s is refused, its place named', (_title, body, places) => {
    expect(wrongAt(body)).toEqual(places);
  });

  test('[row 129] every wrong item is named, and no value is repeated', () => {
    const marker = 'marker-of-a-patient';
    const read = feedbackBodySchema.safeParse({
      feedback: [{ ...good, outcome: marker }, good, { ...good, outcomeTimestamp: marker, card: { marker } }],
    });
    expect(read.error?.issues.map(({ path }) => path[1])).toEqual([0, 2, 2]);
    expect(JSON.stringify(read.error?.issues)).not.toContain(marker);
  });

  test('no body makes it throw', () => {
    fc.assert(fc.property(fc.anything(), (body) => void feedbackBodySchema.safeParse({ feedback: [body] })));
  });
});

describe('[row 122] an RFC 3339 timestamp in UTC', () => {
  test.each([
    ['2026-11-20T09:01:00Z', '2026-11-20T09:01:00.000Z'],
    ['2026-11-20t09:01:00.5z', '2026-11-20T09:01:00.500Z'],
    ['2026-11-20T09:01:00.9999+00:00', '2026-11-20T09:01:00.999Z'],
    ['2026-11-20T09:01:00-00:00', '2026-11-20T09:01:00.000Z'],
    ['2028-02-29T00:00:00Z', '2028-02-29T00:00:00.000Z'],
    ['2016-12-31T23:59:60Z', '2017-01-01T00:00:00.000Z'],
  ])('%s names an instant', (text, instant) => {
    expect(utcInstantMs(text)).toBe(Date.parse(instant));
  });

  test.each([
    '',
    '2026-11-20',
    '2026-11-20T09:01Z',
    '2026-11-20T09:01:00',
    '2026-11-20 09:01:00Z',
    '2026-11-20T09:01:00+01:00',
    '2026-02-29T00:00:00Z',
    '2026-11-31T00:00:00Z',
    '2026-13-01T00:00:00Z',
    '2026-11-20T24:00:00Z',
    '2026-11-20T09:60:00Z',
    '2026-11-20T09:01:61Z',
    '2026-11-20T09:01:60Z',
    '2026-11-20T23:59:60Z',
    '2026-11-30T23:58:60Z',
    '2026-11-20T09:01:00.Z',
    ' 2026-11-20T09:01:00Z',
    '2026-11-20T09:01:00Z\n',
    '20261120T090100Z',
  ])('%j does not', (text) => {
    expect(utcInstantMs(text)).toBeUndefined();
  });

  test('whatever instant is written down is read back', () => {
    const max = Date.parse('9999-12-31T23:59:59.999Z');
    fc.assert(
      fc.property(fc.integer({ min: Date.parse('1970-01-01T00:00:00Z'), max }), (epochMs) => {
        expect(utcInstantMs(new Date(epochMs).toISOString())).toBe(epochMs);
      }),
    );
  });
});
