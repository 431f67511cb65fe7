import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadKnowledge } from '../../src/knowledge.js';
import { patients } from '../system/synthetic-call.js';
import { assessBundle } from '../verdicts/assess-bundle.js';

const knowledge = loadKnowledge('hooks').value!;

describe('the synthetic patients of the sandbox', () => {
  it.each(patients.map((patient) => [patient.id, patient] as const))('%s gets the outcome that the index names', (_, patient) => {
    const bundle = JSON.parse(readFileSync(`docker/patients/${patient.file}`, 'utf8')) as object;
    const { outcome, regime } = assessBundle(knowledge, bundle, patient.asOf, patient.service).assessment;
    expect({ outcome, regime }).toEqual(patient.expected);
  });

  it('shows every outcome and every regime at least once', () => {
    expect(new Set(patients.map(({ expected }) => expected.outcome))).toEqual(new Set(['met', 'not-met', 'unknown', 'review', 'transition']));
    const regimes = ['protocol', 'started-before-publication', 'indicated-before-publication', 'uncertain'];
    expect(new Set(patients.map(({ expected }) => expected.regime))).toEqual(new Set(regimes));
  });
});
