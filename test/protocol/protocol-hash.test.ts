import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadKnowledge } from '../../src/knowledge.js';
import { type Change, changedHooks } from './changed-hooks.js';

function hashOf(hooks: string): string {
  const { value, findings } = loadKnowledge(hooks);
  expect(findings).toEqual([]);
  return value!.protocols.get('imsr')!.protocol.hash;
}

const asTheyAre = hashOf('hooks');

describe('the hash of a protocol, which receipts carry,', () => {
  it('is the same wherever the files lie', () => {
    expect(asTheyAre).toMatch(/^[0-9a-f]{64}$/);
    const elsewhere = changedHooks([]);
    expect(hashOf(elsewhere)).toBe(asTheyAre);
    const here = process.cwd();
    try {
      process.chdir(join(elsewhere, 'imsr'));
      expect(hashOf('..')).toBe(asTheyAre);
      process.chdir(elsewhere);
      expect(hashOf('.')).toBe(asTheyAre);
    } finally {
      process.chdir(here);
    }
  });

  it.each<[string, Change]>([
    ['a parameter', { file: 'imsr/parameters/minimumSessions.yaml', from: /value: \d+/, to: 'value: 7' }],
    ['one weight of an instrument', { file: 'imsr/instruments/sf-12.yaml', from: '-3.02396', to: '-3.02397' }],
    ['a code of a score', { file: 'imsr/instruments/hads.yaml', from: '"401319005"', to: '"401319006"' }],
    [
      'what a service fires on',
      { file: 'services/imsr-referral.yaml', from: 'fires: &referral >-\n', to: 'fires: &referral >-\n  true and\n' },
    ],
    [
      'what a service takes for the referral',
      { file: 'services/imsr-overview.yaml', from: 'referral: >-\n', to: 'referral: >-\n  true and\n' },
    ],
  ])('changes with %s', (_, change) => {
    expect(hashOf(changedHooks([change]))).not.toBe(asTheyAre);
  });

  it('does not change with a questionnaire, which no verdict looks at', () => {
    const hooks = changedHooks([]);
    const path = join(hooks, 'imsr/questionnaires/hads.json');
    const form = JSON.parse(readFileSync(path, 'utf8')) as object;
    writeFileSync(path, JSON.stringify({ ...form, title: 'Another title' }));
    expect(hashOf(hooks)).toBe(asTheyAre);
  });
});
