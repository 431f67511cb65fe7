import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { assessFile } from '../../src/cli/assess-file.js';
import { loadKnowledge } from '../../src/knowledge.js';
import { requestFile, requestText } from './sandbox-files.js';

it("the README's request is what the synthetic patient gives", async () => {
  expect(readFileSync(requestFile, 'utf8')).toBe(await requestText());
});

it('and is assessed as a CDS Hooks request with prefetch', async () => {
  const content: unknown = JSON.parse(readFileSync(requestFile, 'utf8'));
  const [assessed] = await assessFile(content, { knowledge: loadKnowledge('hooks').value!, serviceId: undefined, asOf: '2026-12-01' });
  expect(assessed?.assessment).toMatchObject({ service: 'imsr-indication', outcome: 'not-met' });
  expect(readFileSync('README.md', 'utf8')).toContain(requestFile);
});
