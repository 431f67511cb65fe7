import fc from 'fast-check';
import type { FastifyInstance } from 'fastify';
import { describe, expect, it } from 'vitest';
import { CdsError } from '../../src/errors.js';
import { type HookResponse, hookResponseSchema } from '../../src/schemas/card.js';
import type { HookName } from '../../src/schemas/service.js';
import { emptyPlaces } from '../empty-places.js';
import { anonymous, hookRequest, onlyToken, oneCard, recordingRoad, testApp, type TestParts } from './test-app.js';

const HOOKS = [
  ['sign-service', 'order-sign'],
  ['select-service', 'order-select'],
  ['view-service', 'patient-view'],
] as const;

async function call(payload: unknown, id = 'sign-service', parts: TestParts = {}) {
  const app = await testApp(parts);
  return app.inject({
    method: 'POST',
    url: `/cds-services/${id}`,
    headers: { 'content-type': 'application/json' },
    payload: JSON.stringify(payload),
  });
}

describe('a call of a service', () => {
  it.each(HOOKS)('[row 33] [row 68] [row 152] [row 153] [row 155] %s answers 200 with cards', async (id, hook) => {
    const response = await call(hookRequest(hook), id);
    expect([response.statusCode, response.json()]).toEqual([200, oneCard]);
    expect(response.headers['content-type']).toBe('application/json; charset=utf-8');
    expect(hookResponseSchema.safeParse(response.json()).success).toBe(true);
    expect(emptyPlaces(response.json())).toEqual([]);
  });

  it('[row 69] no guidance is 200 and an empty array of cards', async () => {
    const response = await call(hookRequest(), 'sign-service', { answer: async () => ({ cards: [] }) });
    expect([response.statusCode, response.json()]).toEqual([200, { cards: [] }]);
  });

  it('[row 42] [row 43] [row 151] hands the road the very body, unknown fields, extension and odd prefetch keys included', async () => {
    const road = recordingRoad();
    const sent = {
      ...hookRequest(),
      unknown: { a: [1, null, ''] },
      extension: { 'nl.example': { flag: '1' } },
      prefetch: {
        unrequested: null,
        patient: { resourceType: 'Patient', id: 'synthetic-1', multipleBirthInteger: '2' },
      },
    };
    sent.context['later'] = true;
    expect((await call(sent, 'sign-service', { answer: road.answer })).statusCode).toBe(200);
    expect(road.calls[0]?.request).toEqual(sent);
  });

  it('[row 38] works without fhirServer, and with fhirServer and a token', async () => {
    const fhirAuthorization = {
      access_token: 'synthetic-token',
      token_type: 'Bearer',
      expires_in: 300,
      scope: 'user/Patient.read user/Observation.rs',
      subject: 'cds-service',
    };
    for (const extra of [
      {},
      { fhirServer: 'https://fhir.example/r4' },
      { fhirServer: 'https://fhir.example/r4', fhirAuthorization },
    ]) {
      expect((await call({ ...hookRequest(), ...extra })).statusCode).toBe(200);
    }
  });

  it('tells the road who calls, in which language, and which request it is', async () => {
    const road = recordingRoad();
    const app = await testApp({ answer: road.answer });
    const response = await app.inject({
      method: 'POST',
      url: '/cds-services/sign-service',
      headers: { 'accept-language': 'en', 'x-request-id': 'chosen-by-caller' },
      payload: hookRequest(),
    });
    const [seen] = road.calls;
    expect(seen?.service.id).toBe('sign-service');
    expect(seen?.client).toBe(anonymous);
    expect(seen?.language).toBe('en');
    expect(seen?.requestId).toBe('00000000-0000-4000-8000-000000000001');
    expect(response.headers['x-request-id']).toBe(seen?.requestId);
  });

  it.each([
    ['the call', 'en', {}, 'en'],
    ['the client, whatever the call asks', 'nl', { language: 'en' }, 'en'],
    ['the default', 'fr', {}, 'nl'],
  ] as const)('names the language of cards: that of %s', async (_, asked, client, language) => {
    const answer = (cards: HookResponse['cards']) =>
      testApp({ authenticate: async () => ({ ...anonymous, ...client }), answer: async () => ({ cards }) });
    const send = async (app: FastifyInstance) =>
      (
        await app.inject({
          method: 'POST',
          url: '/cds-services/sign-service',
          headers: { 'accept-language': asked },
          payload: hookRequest(),
        })
      ).headers['content-language'];
    expect(await send(await answer(oneCard.cards))).toBe(language);
    // What says nothing is in no language.
    expect(await send(await answer([]))).toBeUndefined();
  });

  it('[row 46] parallel calls each get their own answer', async () => {
    const app = await testApp({
      answer: async ({ request }) => {
        await new Promise((resolve) => setImmediate(resolve));
        return { cards: [{ ...oneCard.cards[0]!, summary: request.context.patientId }] };
      },
    });
    const ids = Array.from({ length: 50 }, (_, index) => `synthetic-${index}`);
    const answers = await Promise.all(
      ids.map(async (patientId) => {
        const payload = hookRequest();
        payload.context['patientId'] = patientId;
        const response = await app.inject({ method: 'POST', url: '/cds-services/sign-service', payload });
        return response.json<{ cards: { summary: string }[] }>().cards[0]?.summary;
      }),
    );
    expect(answers).toEqual(ids);
  });

  it('[row 45] accepts 10 MiB of prefetch, and refuses a byte over the limit with 413', async () => {
    const padded = (bytes: number) => {
      const payload = { ...hookRequest(), prefetch: { note: '' } };
      payload.prefetch.note = 'x'.repeat(bytes - Buffer.byteLength(JSON.stringify(payload)));
      return payload;
    };
    expect((await call(padded(10 * 1024 * 1024))).statusCode).toBe(200);
    const parts = { settings: { bodyLimitBytes: 2000 } };
    expect((await call(padded(2000), 'sign-service', parts)).statusCode).toBe(200);
    const over = await call(padded(2001), 'sign-service', parts);
    expect([over.statusCode, codeOf(over)]).toEqual([413, 'BODY_TOO_LARGE']);
  });

  it('[row 48] required data that cannot be had is 412', async () => {
    const answer = async () => Promise.reject(new CdsError('RECORD_UNAVAILABLE', 'Required data is missing: patient.'));
    const response = await call(hookRequest(), 'sign-service', { answer });
    expect([response.statusCode, codeOf(response)]).toEqual([412, 'RECORD_UNAVAILABLE']);
  });
});

describe('the door', () => {
  it.each<[string, HookName, string, unknown]>([
    ['sign-service', 'order-sign', 'order-select', 'HOOK_MISMATCH'],
    ['select-service', 'order-select', 'order-sign', 'HOOK_MISMATCH'],
    ['view-service', 'patient-view', 'medication-prescribe', 'HOOK_MISMATCH'],
    ['sign-service', 'order-sign', '', 'REQUEST_INVALID'],
  ])('[row 34] %s refuses the hook of another service (%s, sent %s)', async (id, hook, sent, code) => {
    const response = await call({ ...hookRequest(hook), hook: sent }, id);
    expect([response.statusCode, codeOf(response)]).toEqual([400, code]);
  });

  it('[row 44] [row 71] any JSON at all gets 200 or 400, never a server error', async () => {
    const app = await testApp();
    await fc.assert(
      fc.asyncProperty(
        fc.jsonValue(),
        fc.constantFrom(...Object.keys(hookRequest()), 'prefetch', 'fhirServer'),
        async (value, key) => {
          const payload = JSON.stringify({ ...hookRequest(), [key]: value });
          const headers = { 'content-type': 'application/json' };
          for (const body of [payload, JSON.stringify(value)]) {
            const { statusCode } = await app.inject({
              method: 'POST',
              url: '/cds-services/sign-service',
              headers,
              payload: body,
            });
            expect([200, 400]).toContain(statusCode);
          }
        },
      ),
      { numRuns: 150 },
    );
  });
});

describe('with registered clients', () => {
  const parts = { authenticate: onlyToken('good', { ...anonymous, id: 'ehr', anonymous: false }) };

  it('[row 130] [row 131] [row 143] refuses a call without a valid token with a 401 that gives no reason', async () => {
    const response = await call(hookRequest(), 'sign-service', parts);
    expect([response.statusCode, codeOf(response)]).toEqual([401, 'AUTH_FAILED']);
    expect(response.headers['www-authenticate']).toBe('Bearer');
    expect(response.body).not.toContain('unknown token');
  });

  it('[row 139] authenticates against the path of the endpoint, whatever the query says', async () => {
    const paths: string[] = [];
    const app = await testApp({
      authenticate: async (_authorization, path) => {
        paths.push(path);
        return anonymous;
      },
      feedback: { save: async () => undefined },
    });
    const headers = { authorization: 'Bearer x' };
    await app.inject({ method: 'GET', url: '/cds-services?a=b', headers });
    await app.inject({ method: 'POST', url: '/cds-services/view-service?a=b', payload: {}, headers });
    await app.inject({ method: 'POST', url: '/cds-services/view-service/feedback', payload: {}, headers });
    expect(paths).toEqual(['/cds-services', '/cds-services/view-service', '/cds-services/view-service/feedback']);
  });

  it('refuses before it reads the body', async () => {
    const app = await testApp(parts);
    const response = await app.inject({
      method: 'POST',
      url: '/cds-services/sign-service',
      headers: { 'content-type': 'application/json' },
      payload: '{ not json',
    });
    expect(response.statusCode).toBe(401);
  });
});

function codeOf(response: { json(): unknown }): string | undefined {
  const outcome = response.json() as { issue?: { details?: { coding?: { code?: string }[] } }[] };
  return outcome.issue?.[0]?.details?.coding?.[0]?.code;
}
