import { describe, expect, it } from 'vitest';
import { loadKnowledge } from '../../src/knowledge.js';
import { bundleOf, patients } from './sandbox-bundle.js';
import { assessBundle } from '../verdicts/assess-bundle.js';

const knowledge = loadKnowledge('hooks').value!;

describe('the synthetic patients of the sandbox', () => {
  it.each(patients.map((patient) => [patient.id, patient] as const))('%s gets the outcome that the index names', (_, patient) => {
    const { outcome, regime } = assessBundle(knowledge, bundleOf(patient.id), patient.asOf, patient.service).assessment;
    expect({ outcome, regime }).toEqual(patient.expected);
  });

  it('shows every outcome and every regime at least once', () => {
    expect(new Set(patients.map(({ expected }) => expected.outcome))).toEqual(new Set(['met', 'not-met', 'unknown', 'review', 'transition']));
    const regimes = ['protocol', 'started-before-publication', 'indicated-before-publication', 'uncertain'];
    expect(new Set(patients.map(({ expected }) => expected.regime))).toEqual(new Set(regimes));
  });
});
