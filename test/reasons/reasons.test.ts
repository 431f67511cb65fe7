import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadKnowledge } from '../../src/knowledge.js';
import { assessBundle } from '../verdicts/assess-bundle.js';
import { encodeVignette, vignettes } from '../records/encode-vignette.js';
import { REASONS_FILE, reasonsTable } from './table.js';

const written = readFileSync(REASONS_FILE, 'utf8');
const knowledge = loadKnowledge('hooks').value!;

describe('the list of reasons', () => {
  it('is up to date (npm run docs:reasons)', () => {
    expect(written).toBe(reasonsTable());
  });

  it.each(vignettes.map((vignette) => [vignette.id, vignette] as const))('has every reason of %s', (_, vignette) => {
    const { assessment } = assessBundle(knowledge, encodeVignette(vignette), vignette.asOf);
    for (const { status, reason } of assessment.criteria) expect(written).toContain(`| ${status} | \`${reason}\` |`);
  });
});
