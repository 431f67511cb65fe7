import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { loadKnowledge } from '../../src/knowledge.js';
import { assessmentText } from '../../src/schemas/assessment-text.js';
import { assessBundle } from './assess-bundle.js';

const knowledge = loadKnowledge('hooks').value!;

it('numbers beyond all that can be written are no value of evidence and no figure', () => {
  const written = readFileSync('docker/patients/four-sessions.json', 'utf8');
  const changed = written.replace(/"value(Integer|Decimal)": [\d.]+/g, '"value$1": 1e400');
  const { assessment } = assessBundle(knowledge, JSON.parse(changed) as object, '2026-12-01');
  expect(assessment.criteria.find(({ id }) => id === 'wpn-level')!.evidence).toEqual([
    { reference: 'QuestionnaireResponse/four-sessions-imsr-intake-form', path: 'item(wpn-level)' },
  ]);
  expect(assessmentText(assessment)).not.toContain('null');
});
