import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { loadKnowledge } from '../../src/knowledge.js';
import type { Verdict } from '../../src/schemas/verdict.js';
import { assessBundle } from './assess-bundle.js';

/** Pairs of synthetic records: the second has lost a datum of the first, or tells it twice so that it cannot be read. */
const FOLDER = 'test/verdicts/degraded';
const names = new Set(readdirSync(FOLDER).map((file) => file.split('.')[0]!));
const knowledge = loadKnowledge('hooks').value!;

function criteriaOf(name: string, which: 'before' | 'after'): readonly Verdict[] {
  const bundle = JSON.parse(readFileSync(join(FOLDER, `${name}.${which}.json`), 'utf8')) as object;
  return assessBundle(knowledge, bundle, '2026-12-01').assessment.criteria;
}

it.each([...names])('what was lost does not become a no: %s', (name) => {
  const refused = new Set(criteriaOf(name, 'before').flatMap(({ id, status }) => (status === 'not-met' ? [id] : [])));
  const after = criteriaOf(name, 'after').filter(({ id, status }) => status === 'not-met' && !refused.has(id));
  expect(after.map(({ id, reason }) => `${id}: ${reason}`)).toEqual([]);
});
