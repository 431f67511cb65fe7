import { describe, expect, it } from 'vitest';
import { anonymous, hookRequest, onlyToken, testApp } from './test-app.js';

const CALL = '/cds-services/sign-service';

describe('health', () => {
  it('live whenever it answers, ready only when every part is', async () => {
    for (const [states, status] of [
      [[], 200],
      [[{ part: 'store', ok: true }], 200],
      [
        [
          { part: 'store', ok: false },
          { part: 'protocol', ok: true },
        ],
        503,
      ],
    ] as const) {
      const app = await testApp({ ready: async () => states });
      expect((await app.inject('/health/live')).json()).toEqual({ status: 'live' });
      const ready = await app.inject('/health/ready');
      expect(ready.statusCode).toBe(status);
      expect(ready.json()).toEqual({
        status: status === 200 ? 'ready' : 'not-ready',
        ...(states.length === 0 ? {} : { parts: states }),
      });
    }
  });

  it('a check that fails is not ready', async () => {
    const app = await testApp({ ready: async () => Promise.reject(new Error('x')) });
    expect((await app.inject('/health/ready')).statusCode).toBe(503);
  });
});

describe('rate limits', () => {
  const ehr = { ...anonymous, id: 'ehr', anonymous: false };
  const parts = (clock: { nowMs(): number }) => ({
    clock: { ...clock, today: () => '2026-12-01' },
    authenticate: onlyToken('good', ehr),
    settings: { rateLimitPerMinute: (id: string) => (id === 'ehr' ? 3 : 1), failuresPerMinute: 2 },
  });
  const start = Date.parse('2026-12-01T10:00:20Z');

  it('anonymous callers are counted by their address', async () => {
    const { settings, clock } = parts({ nowMs: () => start });
    const app = await testApp({ settings, clock });
    const send = async (remoteAddress: string) =>
      (await app.inject({ method: 'POST', url: CALL, remoteAddress, payload: hookRequest() })).statusCode;
    expect([await send('192.0.2.1'), await send('192.0.2.2'), await send('192.0.2.1')]).toEqual([200, 200, 429]);
  });

  it('a client may make so many calls a minute, then 429 with Retry-After, and again in the next minute', async () => {
    let now = start;
    const app = await testApp(parts({ nowMs: () => now }));
    const send = async () => {
      const headers = { authorization: 'Bearer good' };
      const response = await app.inject({ method: 'POST', url: CALL, headers, payload: hookRequest() });
      return [response.statusCode, response.headers['retry-after']];
    };
    const answers = [await send(), await send(), await send(), await send()];
    expect(answers).toEqual([
      [200, undefined],
      [200, undefined],
      [200, undefined],
      [429, '40'],
    ]);
    now += 39_999;
    expect(await send()).toEqual([429, '1']);
    now += 1;
    expect(await send()).toEqual([200, undefined]);
  });

  it('failures are counted per address and never block a good token from there', async () => {
    const app = await testApp(parts({ nowMs: () => start }));
    const send = async (token: string) =>
      (
        await app.inject({
          method: 'POST',
          url: CALL,
          headers: { authorization: `Bearer ${token}` },
          payload: hookRequest(),
        })
      ).statusCode;
    expect([await send('bad'), await send('bad'), await send('bad'), await send('good')]).toEqual([401, 401, 429, 200]);
  });
});

describe('load shedding', () => {
  it('answers 503 with Retry-After while the event loop is late, but discovery and health stay', async () => {
    const app = await testApp({ settings: { maxEventLoopDelayMs: 5 } });
    const url = await app.listen({ port: 0, host: '127.0.0.1' });
    const until = performance.now() + 2200;
    while (performance.now() < until) {
      const busy = performance.now() + 100;
      while (performance.now() < busy);
      await new Promise((resolve) => setImmediate(resolve));
    }
    const send = (path: string, init: RequestInit = {}) => fetch(`${url}${path}`, init);
    const shed = await send(CALL, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: 'https://ehr.example' },
      body: JSON.stringify(hookRequest()),
    });
    expect([shed.status, shed.headers.get('retry-after')]).toEqual([503, '2']);
    expect(shed.headers.get('access-control-allow-origin')).toBe('https://ehr.example');
    expect(((await shed.json()) as { resourceType: string }).resourceType).toBe('OperationOutcome');
    expect((await send('/cds-services')).status).toBe(200);
    expect((await send('/health/live')).status).toBe(200);
    await app.close();
  });
});

describe('API documentation', () => {
  it('[row 23] is an OpenAPI 3.1 document of every route, made from the schemas that check the calls', async () => {
    const app = await testApp({
      settings: { docs: true, publicUrl: 'https://cds.example' },
      feedback: { save: async () => undefined },
    });
    const response = await app.inject('/openapi.json');
    const document = response.json<Document>();
    expect(document.openapi).toBe('3.1.0');
    expect(document.servers).toEqual([{ url: 'https://cds.example' }]);
    expect(Object.keys(document.paths).sort()).toEqual([
      '/cds-services',
      '/cds-services/select-service',
      '/cds-services/select-service/feedback',
      '/cds-services/sign-service',
      '/cds-services/sign-service/feedback',
      '/cds-services/view-service',
      '/cds-services/view-service/feedback',
      '/health/live',
      '/health/ready',
    ]);
    const call = document.paths['/cds-services/select-service']?.post;
    const body = call?.requestBody.content['application/json'].schema;
    expect(body?.required).toEqual(['hook', 'hookInstance', 'context']);
    expect(body?.properties['context']?.required).toEqual(['userId', 'patientId', 'selections', 'draftOrders']);
    const pattern = new RegExp(body?.properties['hookInstance']?.pattern ?? '^$', 'u');
    for (const id of ['d1577c69-dfbe-44ad-ba6d-3e05e953b2ea', 'D1577C69-DFBE-44AD-BA6D-3E05E953B2EA'])
      expect(id).toMatch(pattern);
    const statuses = ['200', '400', '401', '412', '413', '415', '429', '500', '503'];
    expect(Object.keys(call?.responses ?? {})).toEqual(statuses);
    const discovery = document.paths['/cds-services']?.get;
    expect(Object.keys(discovery?.responses ?? {})).toEqual(['200', '400', '401', '429', '500', '503']);
  });

  it('is shown at /docs under a policy that lets nothing in from outside', async () => {
    const app = await testApp({ settings: { docs: true } });
    const page = await app.inject('/docs');
    expect([page.statusCode, page.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
    expect(page.headers['content-security-policy']).toMatch(/^default-src 'none'; script-src 'self';/);
    expect(page.body).not.toMatch(/(?:src|href)="https?:/);
    expect(page.body).not.toMatch(/<script>/);
    expect((await app.inject('/docs/static/swagger-ui-bundle.js')).statusCode).toBe(200);
    expect((await app.inject('/docs/static/nothing.js')).statusCode).toBe(404);
  });

  it('can be left out', async () => {
    const app = await testApp();
    expect((await app.inject('/docs')).statusCode).toBe(404);
    expect((await app.inject('/openapi.json')).statusCode).toBe(404);
  });
});

interface Schema {
  readonly pattern?: string;
  readonly required: readonly string[];
  readonly properties: Readonly<Record<string, Schema | undefined>>;
}

interface Document {
  readonly openapi: string;
  readonly servers: unknown;
  readonly paths: Readonly<
    Record<
      string,
      | {
          readonly get: { readonly responses: Readonly<Record<string, unknown>> };
          readonly post: {
            readonly requestBody: { readonly content: { readonly 'application/json': { readonly schema: Schema } } };
            readonly responses: Readonly<Record<string, unknown>>;
          };
        }
      | undefined
    >
  >;
}
