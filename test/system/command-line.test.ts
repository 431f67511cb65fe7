import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assessCommand } from '../../src/cli/assess.js';
import { fixedClock } from '../../src/clock.js';
import { emptyPlaces } from '../empty-places.js';
import { knowledge } from '../report/kit.js';
import { type ComposedService, composeForTest } from './composed-service.js';
import { patients } from '../records/sandbox-bundle.js';
import { draftOf, fullCall, resourcesOf } from './synthetic-call.js';

const BEFORE = '"extension":{"nl.imsr-cds.assessment":[';

describe('what the command line prints', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'imsr-cds-line-'));
  let service: ComposedService;
  beforeAll(async () => {
    service = await composeForTest();
  }, 60_000);
  afterAll(async () => {
    await service.close();
    rmSync(folder, { recursive: true });
  });

  /** The assessments of one call as the service answers them, and of one file as the command line prints them. */
  async function both(call: object, content: object, asOf: string) {
    const { text } = await service.answer('imsr-indication', { ...call, extension: { 'nl.imsr-cds.asOf': asOf } });
    const file = path.join(folder, 'asked.json');
    writeFileSync(file, JSON.stringify(content));
    let printed = '';
    const parts = {
      knowledge,
      clock: fixedClock('2026-12-01T10:00:00Z'),
      defaultLanguage: 'nl',
      render: () => [],
    } as const;
    const code = await assessCommand(
      parts,
      [file, '--as-of', asOf, '--service', 'imsr-indication', '--json'],
      (out) => (printed += out),
    );
    expect(code).toBe(0);
    return { answered: text.slice(text.indexOf(BEFORE) + BEFORE.length, -']}}'.length), printed };
  }

  it.each(patients)('about the same call is the same text as over HTTP: $id', async ({ id, asOf }) => {
    const call = fullCall('imsr-indication', id);
    const { answered, printed } = await both(call, call, asOf);
    expect(printed).toBe(`${answered}\n`);
    expect(emptyPlaces(JSON.parse(printed))).toEqual([]);
  });

  it('names drafts without ids as a call does, from a call and from a Bundle', async () => {
    const { id: _id, ...draft } = draftOf('all-met', 'imsr-treatment');
    const drafts = [{ resource: draft }, { resource: draft, fullUrl: 'urn:uuid:one' }, { resource: { ...draft } }];
    const call = fullCall('imsr-indication', 'all-met');
    call.context['draftOrders'] = { resourceType: 'Bundle', entry: drafts };
    const record = resourcesOf('all-met').filter(({ status }) => status !== 'draft');
    const bundle = {
      resourceType: 'Bundle',
      type: 'collection',
      entry: [...record.map((resource) => ({ resource })), ...drafts],
    };
    const names = ['ServiceRequest#1', 'urn:uuid:one', 'ServiceRequest#3'];
    for (const content of [call, bundle]) {
      const { answered, printed } = await both(call, content, '2026-12-01');
      const lines = printed.trim().split('\n');
      const orders = (all: string) => (JSON.parse(all) as { order: string }[]).map(({ order }) => order);
      expect(orders(`[${answered}]`)).toEqual(names);
      expect(orders(`[${lines.join(',')}]`)).toEqual(names);
    }
  });
});
