import { describe, expect, it } from 'vitest';
import { indexRecord } from '../../src/record/index-record.js';
import type { RecordEntry } from '../../src/record/named-entries.js';

const form = (number: number, more: object = {}): RecordEntry => ({
  resource: {
    resourceType: 'QuestionnaireResponse',
    authored: new Date(Date.UTC(2020, 0, 1 + number)).toISOString().slice(0, 10),
    item: [{ linkId: 'asked', answer: [{ valueInteger: number }] }],
    ...more,
  },
});
const forms = (count: number, more: object): RecordEntry[] =>
  Array.from({ length: count }, (_, number) => form(number, more));

/** The days that are told of what stands in the place of these, for each form; nothing for one of any day. */
function daysOf(unread: readonly RecordEntry[], read: readonly RecordEntry[]): readonly (readonly unknown[])[] {
  const days = new Map<unknown, unknown[]>();
  for (const { questionnaire, authored, status } of indexRecord(read, [], undefined, unread).resources) {
    if (status === 'completed') continue;
    days.set(questionnaire, [...(days.get(questionnaire) ?? []), authored]);
  }
  return [...days.values()];
}

describe('in the place of many forms that could not be read', () => {
  it.each([
    [20, 20, false],
    [21, 21, true],
    [500, 21, true],
  ])('of one kind, %i, stand %i', (count, standing, undated) => {
    const [days] = daysOf(forms(count, { questionnaire: 'urn:form' }), []);
    expect(days).toHaveLength(standing);
    expect(days!.includes(undefined)).toBe(undated);
    expect(new Set(days).size).toBe(standing);
  });

  it.each([
    [500, 21],
    [501, 1],
  ])('and do not tell which, %i, stand %i for each that they may be, one of them of any day', (count, standing) => {
    const read = ['urn:one', 'urn:other'].map((questionnaire) => form(0, { questionnaire, status: 'completed' }));
    const days = daysOf(forms(count, {}), read);
    expect(days.map((each) => each.length)).toEqual([standing, standing]);
    for (const each of days) expect(each).toContain(undefined);
  });
});

describe('in the place of a measurement that could not be read', () => {
  const measured = (coding: object): RecordEntry => ({
    resource: { resourceType: 'Observation', status: 'final', code: { coding: [coding] } },
  });

  it.each<[string, object, object]>([
    ['with its system', { system: 'urn:s', code: 'c' }, { system: 'urn:s', code: 'c' }],
    ['without one that is no text', { system: { toString: null }, code: 'c' }, { code: 'c' }],
  ])('and tells no code, stands one with the code of what was measured elsewhere, %s', (_, coding, told) => {
    const unread: RecordEntry = { resource: { resourceType: 'Observation', effectiveDateTime: '2026-01-01' } };
    const [, husk] = indexRecord([measured(coding)], [], undefined, [unread]).resources;
    expect(husk).toEqual({ resourceType: 'Observation', effectiveDateTime: '2026-01-01', code: { coding: [told] } });
  });
});
