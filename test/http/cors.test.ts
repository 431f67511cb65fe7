import { describe, expect, it } from 'vitest';
import { anonymous, hookRequest, onlyToken, testApp, type TestParts } from './test-app.js';

const OURS = 'https://ehr.example';
const OTHERS = 'https://elsewhere.example';

async function send(
  origin: string | undefined,
  method: 'GET' | 'POST' | 'OPTIONS',
  url: string,
  parts: TestParts = {},
) {
  const app = await testApp(parts);
  const preflight = {
    'access-control-request-method': 'POST',
    'access-control-request-headers': 'authorization,content-type',
  };
  return app.inject({
    method,
    url,
    headers: { ...(origin === undefined ? {} : { origin }), ...(method === 'OPTIONS' ? preflight : {}) },
    ...(method === 'POST' ? { payload: hookRequest() } : {}),
  });
}

describe('[row 145] CORS', () => {
  it.each(['/cds-services', '/cds-services/sign-service', '/cds-services/sign-service/feedback'])(
    '[row 146] the preflight of %s needs no token and allows POST, authorization and content-type by name',
    async (url) => {
      const authenticate = onlyToken('good', anonymous);
      const response = await send(OURS, 'OPTIONS', url, { authenticate, feedback: { save: async () => undefined } });
      expect(response.statusCode).toBe(204);
      expect(response.headers['access-control-allow-origin']).toBe(OURS);
      expect(response.headers['access-control-allow-methods']).toBe('GET, POST');
      expect(response.headers['access-control-allow-headers']).toMatch(/authorization.*content-type/);
      expect(response.body).toBe('');
    },
  );

  it.each<['GET' | 'POST', string, number]>([
    ['GET', '/cds-services', 200],
    ['POST', '/cds-services/sign-service', 200],
    ['POST', '/cds-services/view-service', 400],
    ['POST', '/cds-services/nope', 404],
    ['GET', '/cds-services/sign-service', 405],
  ])('[row 147] %s %s (%i) can be read by a listed origin', async (method, url, status) => {
    const response = await send(OURS, method, url);
    expect(response.statusCode).toBe(status);
    expect(response.headers['access-control-allow-origin']).toBe(OURS);
    expect(response.headers['access-control-expose-headers']).toContain('x-request-id');
  });

  it('[row 147] so can a 401, a 500 and a 503', async () => {
    const failing: readonly TestParts[] = [
      { authenticate: onlyToken('good', anonymous) },
      { answer: async () => Promise.reject(new Error('x')) },
    ];
    for (const parts of failing) {
      const response = await send(OURS, 'POST', '/cds-services/sign-service', parts);
      expect(response.statusCode).toBeGreaterThanOrEqual(401);
      expect(response.headers['access-control-allow-origin']).toBe(OURS);
    }
  });

  it('[row 148] another origin gets no permission, nor does a call without one; caches are told', async () => {
    for (const origin of [OTHERS, `${OURS}.evil.example`, 'null', undefined]) {
      for (const method of ['GET', 'OPTIONS'] as const) {
        const response = await send(origin, method, '/cds-services');
        expect(response.headers['access-control-allow-origin']).toBeUndefined();
        expect(response.headers['vary']).toBe('Origin');
      }
    }
  });

  it('[row 148] never with credentials, and `any` names the origin rather than *', async () => {
    const response = await send(OTHERS, 'POST', '/cds-services/sign-service', { settings: { corsOrigins: 'any' } });
    expect(response.headers['access-control-allow-origin']).toBe(OTHERS);
    expect(response.headers['access-control-allow-credentials']).toBeUndefined();
    expect(response.headers['vary']).toBe('Origin');
  });
});

describe('security headers', () => {
  it.each(['/cds-services', '/nowhere', '/health/live'])('%s is not cached, framed or sniffed', async (url) => {
    const response = await send(undefined, 'GET', url);
    expect(response.headers).toMatchObject({
      'cache-control': 'no-store',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
      'strict-transport-security': 'max-age=31536000',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
    });
    expect(response.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
    expect(response.headers).not.toHaveProperty('x-powered-by');
    expect(response.headers).not.toHaveProperty('server');
  });

  it('over plain HTTP a browser is not told to come over TLS', async () => {
    for (const url of ['/cds-services', '/nowhere', '/%zz']) {
      const response = await send(undefined, 'GET', url, { settings: { overTls: false } });
      expect(response.headers).not.toHaveProperty('strict-transport-security');
      expect(response.headers['x-frame-options']).toBe('DENY');
    }
  });

  it.each<['GET' | 'POST', string]>([
    ['GET', '/cds-services'],
    ['POST', '/cds-services/sign-service'],
    ['GET', '/nope'],
  ])('an answer to %s %s without an origin says the same, but for who may read it', async (method, url) => {
    const plain = await send(undefined, method, url);
    const browser = await send(OURS, method, url);
    const { 'access-control-allow-origin': allowed, ...rest } = browser.headers;
    expect(allowed).toBe(OURS);
    const fixed = { date: '', 'x-request-id': '' };
    expect({ ...plain.headers, ...fixed }).toEqual({ ...rest, ...fixed });
  });
});
