import { describe, expect, it } from 'vitest';
import { bundleOf, patients } from '../records/sandbox-bundle.js';
import { assess, detailsOf, type Example } from './examples.js';

const MIGRAINE = { coding: [{ system: 'http://snomed.info/sct', code: '37796009' }], text: 'Migraine' };
const IN_WORDS = { text: 'chronische lage rugpijn' };

/** A patient whose order names another complaint first. */
function withFirst(id: string, code: object): Example {
  const { service, asOf } = patients.find((one) => one.id === id)!;
  const subject = { reference: `Patient/${id}` };
  const changed = bundleOf(id).entry.map(({ resource }) => ({
    resource:
      resource['status'] === 'draft'
        ? {
            ...resource,
            reasonReference: [
              { reference: 'Condition/first' },
              ...((resource['reasonReference'] as object[] | undefined) ?? []),
            ],
          }
        : resource,
  }));
  const first = { resourceType: 'Condition', id: 'first', subject, code, onsetDateTime: '2020-01-01' };
  return assess(id, { resourceType: 'Bundle', entry: [...changed, { resource: first }] }, service, asOf);
}

describe('a sentence about a diagnosis names the one that it is about', () => {
  it('influence is asked of the pain that may be excluded, not of the back pain beside it', () => {
    const told = detailsOf(withFirst('influence-not-stated', IN_WORDS));
    expect(told).toContain('Bij Postherpetic neuralgia is bepalend of het bewegingsapparaat wordt beïnvloed');
    expect(told).not.toContain('Bij chronische lage rugpijn');
  });

  it('what is musculoskeletal is told apart from what is excluded', () => {
    const { assessment } = withFirst('all-met', MIGRAINE);
    const { figures } = assessment.criteria.find(({ id }) => id === 'musculoskeletal-pain')!;
    expect(figures).toMatchObject({
      musculoskeletalDiagnosis: 'Chronic low back pain',
      excludedDiagnosis: 'Migraine',
    });
  });
});
