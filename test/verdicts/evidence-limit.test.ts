import { expect, it } from 'vitest';
import { loadKnowledge } from '../../src/knowledge.js';
import type { Evidence } from '../../src/schemas/verdict.js';
import { isShowable } from '../../src/verdicts/evidence.js';
import { encodeVignette } from '../records/encode-vignette.js';
import { assessBundle } from './assess-bundle.js';
import { base } from './base-patient.js';

const knowledge = loadKnowledge('hooks').value!;

/** The evidence of each criterion, of as many sessions of the physiotherapist, with these fields. */
function evidenceOf(count: number, fields: object = {}): (id: string) => readonly Evidence[] {
  const bundle = encodeVignette(base);
  const entry = bundle.entry ?? [];
  const [session] = entry.flatMap(({ resource }) => (resource?.resourceType === 'Procedure' ? [resource] : []));
  const others = entry.filter(({ resource }) => resource?.resourceType !== 'Procedure');
  const sessions = Array.from({ length: count }, (_, number) => ({
    resource: {
      ...session!,
      id: `s${number}`,
      performedDateTime: new Date(Date.UTC(2025, 8, 1 + number)).toISOString().slice(0, 10),
      ...fields,
    },
  }));
  // In no order: which pieces are named may not hang on it.
  const shuffled = [...sessions.filter((_, at) => at % 2 === 1).reverse(), ...sessions.filter((_, at) => at % 2 === 0)];
  const { assessment } = assessBundle(knowledge, { ...bundle, entry: [...others, ...shuffled] }, base.asOf);
  return (named) => assessment.criteria.find(({ id }) => id === named)!.evidence;
}

/** The days of the evidence of the physical part. */
function daysOf(count: number): readonly unknown[] {
  const evidence = evidenceOf(count)('first-line-physical');
  return evidence.filter(({ reference }) => reference.startsWith('Procedure/')).map(({ value }) => value);
}

it.each([39, 40, 41, 90])('of %i sessions no more than forty are named, the first by their day', (count) => {
  const days = daysOf(count);
  const all = Array.from({ length: count }, (_, at) => new Date(Date.UTC(2025, 8, 1 + at)).toISOString().slice(0, 10));
  // The rows of the forms come first: what has no day is shown by its number.
  const first = days.filter((day) => typeof day === 'string' && day.length === 10);
  expect(first).toEqual(all.slice(0, first.length));
  expect(first.length).toBeGreaterThan(Math.min(count, 40) - 5);
  expect(first.length).toBeLessThanOrEqual(40);
  if (count < 40) expect(first).toHaveLength(count);
});

it.each(['first-line-physical', 'stepped-care'])('forty pieces in all are named of %s, each once', (id) => {
  const evidence = evidenceOf(90)(id);
  expect(evidence).toHaveLength(40);
  expect(new Set(evidence.map((piece) => JSON.stringify(piece))).size).toBe(40);
});

it('what several criteria rest on is named once and within the limit, the first by its value', () => {
  const told = evidenceOf(39);
  const pieces = ['physical', 'psychological', 'psychosomatic'].flatMap((part) => told(`first-line-${part}`));
  const whole = told('stepped-care');
  expect(pieces.length).toBeGreaterThan(40);
  expect(whole).toHaveLength(40);
  for (const piece of whole) expect(pieces).toContainEqual(piece);
});

it('of what has one value the first are named by their reference', () => {
  const evidence = evidenceOf(90, { performedDateTime: '2025-09-01' })('first-line-physical');
  expect(evidence).toHaveLength(40);
});

it('a session that may belong to any part is named once of all parts together', () => {
  const told = evidenceOf(1, { performer: undefined, code: { text: 'Behandeling' } });
  const [part, other, whole] = ['first-line-physical', 'first-line-psychological', 'stepped-care'].map(
    (id) => told(id).filter(({ reference }) => reference === 'Procedure/s0').length,
  );
  expect([part, other, whole]).toEqual([1, 1, 1]);
});

it.each([
  [1_000, true],
  [1_001, false],
])('a text of %i characters is shown as a value: %s', (length, shown) => {
  expect(isShowable('x'.repeat(length))).toBe(shown);
});
