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

it.each([...names])('what was lost becomes neither a no nor a yes: %s', (name) => {
  const settled = ({ id, status }: Verdict) => `${id}: ${status}`;
  const before = new Set(criteriaOf(name, 'before').map(settled));
  const after = criteriaOf(name, 'after').filter(({ status }) => status === 'not-met' || status === 'met');
  expect(after.map(settled).filter((told) => !before.has(told))).toEqual([]);
});
