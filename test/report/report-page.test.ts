import { createHash } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { describe, expect, it, vi } from 'vitest';
import type { Assessed } from '../../src/assess.js';
import type { AssessAgain } from '../../src/assess-again.js';
import { reportPages } from '../../src/http/routes/report.js';
import { ReportShelf, type ShelfOptions } from '../../src/report/report-shelf.js';
import type { Log } from '../../src/schemas/log.js';
import { testApp } from '../http/test-app.js';
import { r4Errors } from '../records/r4-validator.js';
import { assessPatient, countingMaker } from './kit.js';

const ID = '3f6c2e1a-1111-4222-8333-444455556666';

interface Described {
  readonly parameters: readonly { readonly name: string; readonly required?: boolean }[];
  readonly responses: Readonly<Record<string, { readonly content: Readonly<Record<string, unknown>> }>>;
}

interface Served {
  readonly app: FastifyInstance;
  readonly shelf: ReportShelf<Assessed | AssessAgain>;
  readonly lines: string[];
  /** Path and query of the page of a patient. */
  readonly address: string;
  pass(seconds: number): void;
}

const NO_LIMITS = { rateLimitPerMinute: () => 0, maxEventLoopDelayMs: 0 };

async function served(options: Partial<ShelfOptions> = {}, limits = NO_LIMITS): Promise<Served> {
  let nowMs = Date.parse('2026-12-01T10:00:00Z');
  const clock = { nowMs: () => nowMs, today: () => '2026-12-01' };
  const shelf = new ReportShelf<Assessed | AssessAgain>({
    secret: 'a secret for tests only, of some length',
    ttlSeconds: 900,
    baseUrl: () => '',
    clock,
    newId: () => ID,
    ...options,
  });
  const lines: string[] = [];
  const keep = (fields: object, message: string): void => void lines.push(JSON.stringify({ ...fields, message }));
  const log: Log = { debug: keep, info: keep, warn: keep, error: keep, child: () => log };
  const app = await testApp({
    log,
    clock,
    settings: { docs: true, defaultLanguage: 'nl', ...limits },
    pages: [reportPages({ shelf, maker: countingMaker() })],
  });
  const url = shelf.offer(await assessPatient('all-met'), 1000, 'en')!;
  return { app, shelf, lines, address: url, pass: (seconds) => void (nowMs += seconds * 1000) };
}

const get = (app: FastifyInstance, url: string, headers = {}) => app.inject({ method: 'GET', url, headers });

describe('the report page', () => {
  it('stands in the description of the API', async () => {
    const { app } = await served();
    const { paths } = (await app.inject('/openapi.json')).json<{ paths: Record<string, { get: Described }> }>();
    const { parameters, responses } = paths['/report/{name}']!.get;
    expect(parameters.map(({ name, required }) => [name, required === true])).toEqual([
      ['expires', true],
      ['signature', true],
      ['lang', false],
      ['name', true],
    ]);
    expect(Object.keys(responses)).toEqual(['200', '403', '404', '410', '429', '500', '503']);
    expect(Object.keys(responses['200']!.content)).toEqual([
      'text/html; charset=utf-8',
      'application/fhir+json; charset=utf-8',
    ]);
  });

  it('is shown in the language of its address, and is never cached, indexed, framed or referred to', async () => {
    const { app, address } = await served();
    const response = await get(app, address);
    expect(response.statusCode).toBe(200);
    expect(response.headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'content-language': 'en',
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-robots-tag': 'noindex, nofollow',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
    });
    expect(response.body).toContain('Report on the indication for IMSR');
  });

  it('may load its own style sheet and nothing else, and needs nothing else', async () => {
    const { app, address } = await served();
    const { body, headers } = await get(app, address);
    const sheet = /<style>([\s\S]*?)<\/style>/.exec(body)![1]!;
    const hash = createHash('sha256').update(sheet).digest('base64');
    expect(headers['content-security-policy']).toBe(
      `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
    );
    expect(body).not.toMatch(/<script|<link|<img|<iframe|\sstyle=|\son\w+=|url\(|@import/i);
  });

  it('leads to its other language and to a valid FHIR document, by addresses that open', async () => {
    const { app, address } = await served();
    const { body } = await get(app, address);
    // As a browser reads them behind a proxy that puts a path before ours.
    const proxy = 'https://cds.example/imsr';
    const links = [...body.matchAll(/href="([^"]+)"/g)].map(
      ([, href]) => new URL(href!.replaceAll('&amp;', '&'), `${proxy}${address}`).href,
    );
    expect(links.map((link) => link.startsWith(`${proxy}/report/`))).toEqual([true, true]);
    const [dutch, document] = await Promise.all(links.map((link) => get(app, link.slice(proxy.length))));
    expect(dutch!.body).toContain('Verslag indicatiestelling IMSR');
    expect(document!.headers['content-type']).toBe('application/fhir+json; charset=utf-8');
    expect(document!.headers['cache-control']).toBe('no-store');
    expect(r4Errors(document!.json())).toEqual([]);
  });

  it.each([
    {
      name: 'a changed signature',
      change: (address: string) => address.replace(/signature=./, 'signature=_'),
      status: 403,
      code: 'REPORT_LINK_INVALID',
    },
    {
      name: 'another id',
      change: (address: string) => address.replace('3f6c', '4f6c'),
      status: 403,
      code: 'REPORT_LINK_INVALID',
    },
    {
      name: 'no signature',
      change: (address: string) => address.replace(/&signature=.*/, ''),
      status: 403,
      code: 'REPORT_LINK_INVALID',
    },
    {
      name: 'an id of a thousand characters',
      change: (address: string) => address.replace('3f6c', '3f6c'.repeat(250)),
      status: 403,
      code: 'REPORT_LINK_INVALID',
    },
    {
      name: 'two signatures',
      change: (address: string) => `${address}&signature=x`,
      status: 403,
      code: 'REPORT_LINK_INVALID',
    },
    {
      name: 'an address of which the time has passed',
      change: (address: string) => address,
      seconds: 901,
      status: 410,
      code: 'REPORT_LINK_EXPIRED',
    },
    {
      name: 'a report that went to make room',
      change: (address: string) => address,
      evict: true,
      status: 404,
      code: 'REPORT_GONE',
    },
  ])(
    '$name is answered with $status, as a page for people and an OperationOutcome for machines',
    async ({ change, seconds, evict, status, code }) => {
      const { app, shelf, address, pass, lines } = await served({ maxEntries: 1, newId: numbered() });
      if (evict === true) shelf.offer(await assessPatient('four-sessions'), 10, 'nl');
      pass(seconds ?? 0);
      const page = await get(app, change(address));
      expect(page.statusCode).toBe(status);
      expect(page.headers['content-type']).toBe('text/html; charset=utf-8');
      expect(page.headers['cache-control']).toBe('no-store');
      expect(page.headers['content-language']).toBe('en');
      expect(page.body).toMatch(/card in the EHR/);
      expect(page.body).not.toContain('Amber');
      const outcome = await get(app, change(address).replace('?', '.json?'));
      expect(outcome.statusCode).toBe(status);
      expect(
        outcome.json<{ issue: { details: { coding: { code: string }[] } }[] }>().issue[0]!.details.coding[0]!.code,
      ).toBe(code);
      expect(lines.filter((line) => line.includes(`"code":"${code}"`)).length).toBeGreaterThanOrEqual(2);
    },
  );

  it('that cannot be made is answered as a page, and its document with an OperationOutcome', async () => {
    const { app, shelf, lines } = await served({ newId: numbered() });
    const failing: AssessAgain = () => Promise.reject(new Error('Amber cannot be assessed'));
    const url = shelf.offer(failing, 10, 'en')!;
    const page = await get(app, url);
    expect(page.statusCode).toBe(500);
    expect(page.headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'content-language': 'en',
      'cache-control': 'no-store',
    });
    expect(page.body).toMatch(/card in the EHR/);
    const document = await get(app, url.replace('?', '.json?'));
    expect(document.statusCode).toBe(500);
    expect(document.json()).toMatchObject({ issue: [{ details: { coding: [{ code: 'INTERNAL' }] } }] });
    expect(lines.filter((line) => line.includes('request failed'))).toHaveLength(2);
    expect(lines.filter((line) => line.includes('"status":500,"code":"INTERNAL"'))).toHaveLength(2);
    expect(`${page.body}${document.body}${lines.join()}`).not.toContain('Amber');
  });

  it('is given so many times a minute to one address, and again in the next minute', async () => {
    const { app, address, lines, pass } = await served({}, { ...NO_LIMITS, rateLimitPerMinute: () => 2 });
    const from = (remoteAddress: string, url: string) => app.inject({ method: 'GET', url, remoteAddress });
    const document = address.replace('?', '.json?');
    // A link that is not right counts too.
    const forged = await from('192.0.2.1', address.replace(/signature=./, 'signature=_'));
    const second = await from('192.0.2.1', document);
    expect([forged.statusCode, second.statusCode]).toEqual([403, 200]);
    const page = await from('192.0.2.1', address);
    expect(page.statusCode).toBe(429);
    expect(page.headers).toMatchObject({ 'content-type': 'text/html; charset=utf-8', 'retry-after': '60' });
    expect(page.headers['content-security-policy']).toContain('style-src');
    expect(page.body).toContain('Open this link again in a minute');
    const refused = await from('192.0.2.1', document);
    expect([refused.statusCode, refused.headers['retry-after']]).toEqual([429, '60']);
    expect(refused.json()).toMatchObject({ issue: [{ details: { coding: [{ code: 'RATE_LIMITED' }] } }] });
    expect((await from('192.0.2.2', address)).statusCode).toBe(200);
    expect(lines.filter((line) => line.includes('"status":429,"code":"RATE_LIMITED"'))).toHaveLength(2);
    pass(60);
    expect((await from('192.0.2.1', address)).statusCode).toBe(200);
  });

  it('is shed while the event loop is late, as calls are', async () => {
    const { app, address } = await served({}, { ...NO_LIMITS, maxEventLoopDelayMs: 20 });
    expect((await get(app, address)).statusCode).toBe(200);
    await vi.waitFor(
      async () => {
        const until = Date.now() + 300;
        while (Date.now() < until);
        const [page, document] = [await get(app, address), await get(app, address.replace('?', '.json?'))];
        expect([page.statusCode, document.statusCode]).toEqual([503, 503]);
        expect(page.headers).toMatchObject({ 'content-type': 'text/html; charset=utf-8', 'retry-after': '2' });
        expect(page.body).toContain('The report cannot be made now');
        expect(document.json()).toMatchObject({ issue: [{ details: { coding: [{ code: 'OVERLOADED' }] } }] });
      },
      { timeout: 10_000, interval: 100 },
    );
  });

  it.each(['POST', 'DELETE', 'PUT'] as const)(
    '%s is not allowed, whatever the id, and says what is',
    async (method) => {
      const { app, address } = await served();
      for (const url of [address, '/report/x', '/report/x.json']) {
        const answer = await app.inject({ method, url });
        expect([url, answer.statusCode, answer.headers['allow']]).toEqual([url, 405, 'GET, HEAD']);
      }
      for (const url of ['/report', '/report/', '/report/x/y', '/reports/x'])
        expect((await app.inject({ method, url })).statusCode).toBe(404);
    },
  );

  it('there is no list of reports', async () => {
    const { app } = await served();
    const answers = await Promise.all(['/report', '/report/', '/report?list=1'].map((url) => get(app, url)));
    expect(answers.map(({ statusCode }) => statusCode)).not.toContain(200);
  });

  it('no line of the log holds an id, a signature or anything about the patient', async () => {
    const { app, address, lines, pass } = await served();
    await get(app, address);
    await get(app, address.replace('?', '.json?'));
    await get(app, address.replace(/signature=./, 'signature=_'));
    pass(1000);
    await get(app, address);
    const signature = new URL(address, 'https://cds.example').searchParams.get('signature')!;
    const log = lines.join('\n');
    expect(lines.length).toBeGreaterThan(0);
    for (const secret of [ID, signature, signature.slice(1), 'Amber', 'all-met', 'expires='])
      expect(log).not.toContain(secret);
  });
});

function numbered(): () => string {
  let made = 0;
  return () => `3f6c2e1a-1111-4222-8333-${String(++made).padStart(12, '0')}`;
}
