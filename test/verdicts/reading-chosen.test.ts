import { describe, expect, it } from 'vitest';
import { type Knowledge, loadKnowledge } from '../../src/knowledge.js';
import { bundleOf } from '../records/sandbox-bundle.js';
import { assessBundle } from './assess-bundle.js';
import { withParameters } from './with-parameters.js';

const knowledge = loadKnowledge('hooks').value!;
const EITHER = 'physical-and-psychological-or-psychosomatic';
const PHYSICAL = 'physical-and-either';

/** The same knowledge with one reading of criterion 5 set. */
function reading(value: string): Knowledge {
  return withParameters(knowledge, (parameters) =>
    parameters.map((parameter) =>
      parameter.name === 'steppedCareReading' ? { ...parameter, steps: [{ from: '2026-04-20', value }] } : parameter,
    ),
  );
}

function steppedCare(patient: string, value: string): readonly (string | undefined)[] {
  const { assessment } = assessBundle(reading(value), bundleOf(patient), '2026-12-01');
  const verdict = assessment.criteria.find(({ id }) => id === 'stepped-care');
  return [verdict?.status, verdict?.reason];
}

describe('a reading that configuration chose is told as such', () => {
  it.each([
    // The readings differ: only configuration decides, and the reason says so.
    ['two-readings', 'both', 'review', 'readings-differ'],
    ['two-readings', EITHER, 'met', 'reading-chosen'],
    ['two-readings', PHYSICAL, 'not-met', 'reading-chosen'],
    // They agree: which one is set makes no difference.
    ['all-met', 'both', 'met', 'all-readings-met'],
    ['all-met', PHYSICAL, 'met', 'all-readings-met'],
    ['four-sessions', EITHER, 'not-met', 'no-reading-met'],
    ['psychology-unknown', EITHER, 'unknown', 'part-unknown'],
  ] as const)('%s with %s: %s, %s', (patient, value, status, reason) => {
    expect(steppedCare(patient, value)).toEqual([status, reason]);
  });
});
