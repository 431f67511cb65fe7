import { expect, it } from 'vitest';
import { loadKnowledge } from '../../src/knowledge.js';
import { encodeVignette } from '../records/encode-vignette.js';
import { assessBundle } from './assess-bundle.js';
import { base } from './base-patient.js';

const knowledge = loadKnowledge('hooks').value!;

/** The days of the evidence of the physical part, of as many sessions of the physiotherapist. */
function daysOf(count: number): readonly unknown[] {
  const bundle = encodeVignette(base);
  const entry = bundle.entry ?? [];
  const [session] = entry.flatMap(({ resource }) => (resource?.resourceType === 'Procedure' ? [resource] : []));
  const others = entry.filter(({ resource }) => resource?.resourceType !== 'Procedure');
  const sessions = Array.from({ length: count }, (_, number) => ({
    resource: {
      ...session!,
      id: `s${number}`,
      performedDateTime: new Date(Date.UTC(2025, 8, 1 + number)).toISOString().slice(0, 10),
    },
  }));
  // In no order: which pieces are named may not hang on it.
  const shuffled = [...sessions.filter((_, at) => at % 2 === 1).reverse(), ...sessions.filter((_, at) => at % 2 === 0)];
  const { assessment } = assessBundle(knowledge, { ...bundle, entry: [...others, ...shuffled] }, base.asOf);
  const { evidence } = assessment.criteria.find(({ id }) => id === 'first-line-physical')!;
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
