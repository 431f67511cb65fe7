import { describe, expect, it } from 'vitest';
import { type Knowledge, loadKnowledge } from '../../src/knowledge.js';
import { bundleOf, type IndexedPatient, patients } from '../records/sandbox-bundle.js';
import { assessBundle } from './assess-bundle.js';
import { withParameters } from './with-parameters.js';

const knowledge = loadKnowledge('hooks').value!;
const imsr = knowledge.protocols.get('imsr')!;

/** The same knowledge in which a parameter ended before anyone is assessed. */
function without(name: string): Knowledge {
  return withParameters(knowledge, (parameters) =>
    parameters.map((parameter) =>
      parameter.name === name
        ? { ...parameter, steps: [...parameter.steps, { from: '2026-04-21', value: null }] }
        : parameter,
    ),
  );
}

function assessed(from: Knowledge, { id, service, asOf }: IndexedPatient) {
  return assessBundle(from, bundleOf(id), asOf, service);
}

describe('a parameter that has ended', () => {
  it('leaves unknown what rests on it, and is told in the log', () => {
    const patient = patients.find(({ id }) => id === 'all-met')!;
    const { assessment, failures } = assessed(without('minimumSessions'), patient);
    const physical = assessment.criteria.find(({ id }) => id === 'first-line-physical');
    expect(physical).toMatchObject({ status: 'unknown', reason: 'expression-failed' });
    expect(assessment.criteria.find(({ id }) => id === 'adult')).toMatchObject({ status: 'met' });
    expect(assessment.outcome).toBe('unknown');
    expect(failures.length).toBeGreaterThan(0);
  });

  it.each(imsr.protocol.parameters.map(({ name }) => name))(
    '%s never makes an answer that it does not have',
    (name) => {
      const ended = without(name);
      for (const patient of patients) {
        const before = assessed(knowledge, patient).assessment;
        const after = assessed(ended, patient).assessment;
        const changed = after.criteria.filter(({ status }, at) => status !== before.criteria[at]!.status);
        expect(
          changed.map(({ status }) => status).filter((status) => status !== 'unknown' && status !== 'review'),
        ).toEqual([]);
        if (after.outcome !== before.outcome) expect(['unknown', 'review']).toContain(after.outcome);
      }
    },
  );
});
