import { describe, expect, it } from 'vitest';
import { loadKnowledge } from '../../src/knowledge.js';
import { changedHooks } from '../protocol/changed-hooks.js';
import { bundleOf } from '../records/sandbox-bundle.js';
import { assessBundle } from './assess-bundle.js';

const FAILS = '(1 | 2) + 1';

const EVIDENCE = '    evidence:\n      - { of: Patient, path: birthDate, value: birthDate }\n';

/** A criterion of the protocol with this told about it, some of which cannot be evaluated. */
function adultWith(figuresAndNotes: string, evidence = EVIDENCE) {
  const file = 'imsr/2026-04-17/criteria/context.yaml';
  const from = `${EVIDENCE}    figures: { adultAge: "%adultAge" }\n`;
  const { value, findings } = loadKnowledge(changedHooks([{ file, from, to: evidence + figuresAndNotes }]));
  expect(findings).toEqual([]);
  const { assessment, failures } = assessBundle(value!, bundleOf('all-met'), '2026-12-01');
  return { verdict: assessment.criteria.find(({ id }) => id === 'adult')!, failures };
}

describe('what cannot be evaluated of what a criterion tells', () => {
  const failure = { name: 'adult', expression: FAILS };

  it('is told among the failures, each figure by itself', () => {
    const figures = `    figures: { first: "${FAILS}", adultAge: "%adultAge", last: "${FAILS}" }\n`;
    const { verdict, failures } = adultWith(figures);
    expect(verdict).toMatchObject({ status: 'met', reason: 'of-age', figures: { adultAge: '18 years' } });
    expect(failures).toEqual([failure, failure]);
  });

  it('a note keeps no other note and no evidence from being told', () => {
    const notes = `    notes: [{ note: one, when: "true" }, { note: two, when: "${FAILS}" }, { note: three, when: "true" }]\n`;
    const { verdict, failures } = adultWith(notes);
    expect(verdict.notes).toEqual(['one', 'three']);
    expect(verdict.evidence).toHaveLength(1);
    expect(failures).toEqual([failure]);
  });

  it('evidence keeps no note from being told', () => {
    const evidence = `    evidence: [{ of: Patient, value: "${FAILS}" }]\n`;
    const { verdict, failures } = adultWith('    notes: [{ note: one, when: "true" }]\n', evidence);
    expect(verdict).toMatchObject({ evidence: [], notes: ['one'] });
    expect(failures).toEqual([failure]);
  });
});
