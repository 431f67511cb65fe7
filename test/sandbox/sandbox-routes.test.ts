import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { composeParts } from '../../src/bin/compose-parts.js';
import { loadCards } from '../../src/cards/load-cards.js';
import { loadConfig } from '../../src/config/load-config.js';
import { buildApp } from '../../src/http/app.js';
import { sandboxPages } from '../../src/http/routes/sandbox.js';
import { askedDay } from '../../src/sandbox/asked-day.js';
import { criterionWords } from '../../src/sandbox/criterion-words.js';
import { loadSyntheticRecords } from '../../src/sandbox/synthetic-records.js';
import type { HookRequest } from '../../src/schemas/hook-request.js';
import { silentLog } from '../../src/schemas/log.js';
import { testApp } from '../http/test-app.js';

const folder = mkdtempSync(join(tmpdir(), 'imsr-page-'));
const records = loadSyntheticRecords('docker/patients', ['hooks/imsr/questionnaires']);
const words = criterionWords(loadCards('cards').value!);

beforeAll(() => {
  mkdirSync(join(folder, 'built', 'assets'), { recursive: true });
  writeFileSync(join(folder, 'built', 'index.html'), '<!doctype html><title>page</title>');
  writeFileSync(join(folder, 'built', 'assets', 'page.js'), 'export {};');
  writeFileSync(join(folder, 'secret.txt'), 'outside the page');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const app = (page: string) => testApp({ pages: [sandboxPages({ page: join(folder, page), records, words })] });

describe('the sandbox over HTTP', () => {
  it('serves the page with a policy that allows nothing inline and nothing from elsewhere', async () => {
    const { statusCode, headers, body } = await (await app('built')).inject('/sandbox');
    expect(statusCode).toBe(200);
    expect(headers['content-type']).toMatch(/^text\/html/);
    expect(body).toContain('<title>page</title>');
    const policy = String(headers['content-security-policy']);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("require-trusted-types-for 'script'");
    expect(policy).not.toMatch(/unsafe|https?:|\*|data:/);
  });

  it('serves the assets of the page and no other file', async () => {
    const served = await app('built');
    expect((await served.inject('/sandbox/assets/page.js')).headers['content-type']).toMatch(/javascript/);
    for (const path of ['..%2Findex.html', '..%2F..%2Fsecret.txt', 'missing.js']) {
      expect((await served.inject(`/sandbox/assets/${path}`)).statusCode).toBeGreaterThanOrEqual(400);
    }
  });

  it('says how to build a page that is not there', async () => {
    const { statusCode, body } = await (await app('not-built')).inject('/sandbox');
    expect(statusCode).toBe(404);
    expect(body).toContain('npm run build:web');
  });

  it('answers FHIR searches with links to itself, and says what it does not know', async () => {
    const served = await app('built');
    const found = await served.inject({
      url: '/sandbox/fhir/Procedure?patient=all-met&_count=1',
      headers: { host: 'ehr.test' },
    });
    expect(found.headers['content-type']).toMatch(/^application\/fhir\+json/);
    expect(found.json()).toMatchObject({
      total: 20,
      link: [{}, { url: expect.stringMatching(/^http:\/\/ehr\.test\/sandbox\/fhir\/Procedure\?/) }],
    });
    const unknown = await served.inject('/sandbox/fhir/Patient/nobody');
    expect([unknown.statusCode, unknown.json().resourceType]).toEqual([404, 'OperationOutcome']);
  });

  it('names every criterion and every missing datum in both languages', () => {
    for (const group of Object.values(words)) {
      expect(Object.keys(group).length).toBeGreaterThan(0);
      for (const texts of Object.values(group))
        expect(texts).toEqual({ nl: expect.stringMatching(/./), en: expect.stringMatching(/./) });
    }
    expect(Object.keys(words.criteria)).toContain('stepped-care');
  });

  it('is absent when the configuration says so', async () => {
    const config = loadConfig({ SANDBOX: 'false', DATA_DIR: join(folder, 'data'), METRICS: 'false' }, () => '');
    const { parts, close } = await composeParts(config, silentLog);
    const served = await buildApp(parts);
    for (const path of ['/sandbox', '/sandbox/patients', '/sandbox/fhir/Patient/all-met']) {
      expect((await served.inject(path)).statusCode).toBe(404);
    }
    await served.close();
    await close();
  });
});

describe('the day that a visitor asks for', () => {
  const request = (extension?: Record<string, unknown>): HookRequest => ({
    hook: 'order-sign',
    hookInstance: '00000000-0000-4000-8000-000000000001',
    context: { userId: 'Practitioner/p', patientId: 'p' },
    ...(extension === undefined ? {} : { extension }),
  });

  it.each([
    [{ 'nl.imsr-cds.asOf': '2026-11-01' }, '2026-11-01'],
    [{ 'nl.imsr-cds.asOf': '2028-02-29' }, '2028-02-29'],
    [{ 'nl.imsr-cds.asOf': '2026-02-29' }, undefined],
    [{ 'nl.imsr-cds.asOf': '2026-11' }, undefined],
    [{ 'nl.imsr-cds.asOf': 20261101 }, undefined],
    [{ 'nl.imsr-cds.asOf': null }, undefined],
    [{ asOf: '2026-11-01' }, undefined],
    [undefined, undefined],
  ])('%o: %s', (extension, day) => {
    expect(askedDay(request(extension))).toBe(day);
  });
});
