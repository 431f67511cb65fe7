import { request as httpRequest } from 'node:http';
import { pino } from 'pino';
import { afterEach, describe, expect, it } from 'vitest';
import type { FastifyInstance } from 'fastify';
import { createMetrics } from '../../src/http/metrics.js';
import { hookRequest, oneCard, services, testApp, type TestParts } from './test-app.js';

/** A text that stands for patient data: it may come back to nobody but the road. */
const MARKER = 'MARKER9f2c71';
const CALL = '/cds-services/sign-service';

const open: FastifyInstance[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((app) => app.close()));
});

async function listening(parts: TestParts = {}) {
  const lines: string[] = [];
  const log = pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) });
  const metrics = createMetrics();
  const app = await testApp({ log, metrics, feedback: { save: async () => undefined }, ...parts });
  open.push(app);
  const address = new URL(await app.listen({ port: 0, host: '127.0.0.1' }));
  const send = (method: string, path: string, body: string | undefined, type = 'application/json') =>
    new Promise<{ status: number; text: string; headers: string }>((resolve, reject) => {
      const headers = {
        ...(body === undefined ? {} : { 'content-type': type, 'content-length': Buffer.byteLength(body) }),
        authorization: `Bearer ${MARKER}`,
        cookie: `a=${MARKER}`,
        'user-agent': MARKER,
        'accept-language': MARKER,
        'x-request-id': MARKER,
        'x-forwarded-for': MARKER,
        traceparent: MARKER,
        referer: `https://ehr.example/${MARKER}`,
        [MARKER]: MARKER,
      };
      const outgoing = httpRequest(
        { host: address.hostname, port: address.port, method, path, headers },
        (incoming) => {
          let text = '';
          incoming.setEncoding('utf8').on('data', (part: string) => (text += part));
          incoming.on('end', () =>
            resolve({ status: incoming.statusCode ?? 0, text, headers: JSON.stringify(incoming.headers) }),
          );
        },
      );
      outgoing.on('error', reject).end(body);
    });
  // Every line of an answer is written before its connection is let go.
  return { send, lines, metrics, close: () => app.close() };
}

/** A valid call with the marker in every place that takes free text, and in names of fields. */
function marked(): Record<string, unknown> {
  const body = hookRequest();
  Object.assign(body.context, {
    patientId: MARKER,
    userId: `Practitioner/${MARKER}`,
    encounterId: MARKER,
    [MARKER]: MARKER,
  });
  body.context['draftOrders'] = {
    resourceType: 'Bundle',
    id: MARKER,
    entry: [{ fullUrl: MARKER, resource: { resourceType: 'ServiceRequest', id: MARKER, note: [{ text: MARKER }] } }],
  };
  return {
    ...body,
    [MARKER]: MARKER,
    fhirServer: `https://${MARKER}.example/${MARKER}`,
    fhirAuthorization: {
      access_token: MARKER,
      token_type: 'Bearer',
      expires_in: 1,
      scope: MARKER,
      subject: MARKER,
      patient: MARKER,
    },
    prefetch: { [MARKER]: { resourceType: 'Patient', id: MARKER, name: [{ family: MARKER }] } },
    extension: { [MARKER]: MARKER },
  };
}

const text = (value: unknown): string => JSON.stringify(value);
const feedbackItem = {
  card: MARKER,
  outcome: 'overridden',
  outcomeTimestamp: '2026-12-01T10:00:00Z',
  overrideReason: { userComment: MARKER },
};

describe('a marker planted in every field of a request', () => {
  it.each<[string, string, string, string | undefined, number, TestParts?]>([
    ['a call that succeeds', 'POST', `${CALL}?q=${MARKER}`, text(marked()), 200],
    [
      'a call that is refused',
      'POST',
      CALL,
      text({ ...marked(), hookInstance: MARKER, fhirServer: MARKER, prefetch: MARKER }),
      400,
    ],
    ['a hook of another service', 'POST', CALL, text({ ...marked(), hook: MARKER }), 400],
    ['a body that is cut short', 'POST', CALL, text(marked()).slice(0, -3), 400],
    ['a body that is the marker', 'POST', CALL, MARKER, 400],
    ['another media type', 'POST', CALL, MARKER, 415],
    ['an unknown service', 'POST', `/cds-services/${MARKER}`, text(marked()), 404],
    ['an unknown address', 'GET', `/${MARKER}?${MARKER}`, undefined, 404],
    ['an unreadable address', 'GET', `/%zz${MARKER}`, undefined, 400],
    ['a wrong method', 'PUT', CALL, text(marked()), 405],
    ['a body that is too large', 'POST', CALL, text(marked()), 413, { settings: { bodyLimitBytes: 100 } }],
    ['feedback that is kept', 'POST', `${CALL}/feedback`, text({ feedback: [feedbackItem] }), 200],
    [
      'feedback that is refused',
      'POST',
      `${CALL}/feedback`,
      text({ feedback: [{ card: 1, outcome: MARKER, [MARKER]: MARKER }] }),
      400,
    ],
    [
      'a road that fails over the data',
      'POST',
      CALL,
      text(marked()),
      500,
      {
        answer: async ({ request }) => {
          throw new TypeError(`cannot read ${request.context.patientId}\n    at ${request.context.patientId}`);
        },
      },
    ],
    [
      'a road that fails with a parser that quotes',
      'POST',
      CALL,
      text(marked()),
      500,
      { answer: async ({ request }) => JSON.parse(request.context.patientId) as never },
    ],
  ])(
    '[row 36] [row 61] [row 71] [row 128] is in no log line, metric, error body or header: %s',
    async (name, method, path, body, status, parts) => {
      const { send, lines, metrics, close } = await listening(parts);
      const answer = await send(method, path, body, name === 'another media type' ? `text/${MARKER}` : undefined);
      expect(answer.status).toBe(status);
      await close();
      const kept = [answer.text, answer.headers, lines.join(''), await metrics.render()].join('\n').toLowerCase();
      expect(lines.length).toBeGreaterThan(0);
      expect(kept).not.toContain(MARKER.toLowerCase());
    },
  );

  it('the access line holds exactly what is allowed', async () => {
    const { send, lines, close } = await listening();
    const { hookInstance } = hookRequest();
    await send('POST', CALL, text(marked()));
    await send('POST', CALL, text({}));
    await send('GET', '/cds-services', undefined);
    await send('GET', '/health/live', undefined);
    await close();
    const seen = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    const known = {
      service: 'sign-service',
      clientId: 'anonymous',
      requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      ms: expect.any(Number),
      msg: 'answered',
    };
    const ofPino = { level: 30, time: expect.any(Number), pid: expect.any(Number), hostname: expect.any(String) };
    expect(seen).toEqual([
      { ...ofPino, ...known, hookInstance, status: 200 },
      { ...ofPino, ...known, status: 400, code: 'REQUEST_INVALID' },
    ]);
  });
});

describe('metrics', () => {
  it('count calls, outcomes, reasons, fetches and writes under labels from closed lists', async () => {
    const metrics = createMetrics();
    const app = await testApp({
      metrics,
      answer: async ({ service }) => {
        metrics.observer.assessed(service.id, 'unknown', ['not-recorded', 'not-recorded', 'Not A Code!']);
        metrics.observer.fetched('http-403', 0.2);
        metrics.observer.stored('receipt', 'ok', 2);
        return oneCard;
      },
    });
    await app.inject({ method: 'POST', url: CALL, payload: hookRequest() });
    await app.inject({ method: 'POST', url: CALL, payload: {} });
    await app.inject('/nowhere');
    const page = await app.inject('/metrics');
    expect(page.headers['content-type']).toContain('text/plain');
    const lines = page.body.split('\n');
    expect(lines).toEqual(
      expect.arrayContaining([
        'imsr_cds_calls_total{service="sign-service",status="200"} 1',
        'imsr_cds_calls_total{service="sign-service",status="400"} 1',
        'imsr_cds_calls_total{service="none",status="404"} 1',
        'imsr_cds_call_duration_seconds_count{service="sign-service"} 2',
        'imsr_cds_assessments_total{service="sign-service",outcome="unknown"} 1',
        'imsr_cds_unknown_total{service="sign-service",reason="not-recorded"} 2',
        'imsr_cds_unknown_total{service="sign-service",reason="other"} 1',
        'imsr_cds_fetches_total{result="http-403"} 1',
        'imsr_cds_store_writes_total{kind="receipt",result="ok"} 2',
      ]),
    );
  });

  it('no number of made-up values makes more than a hundred series', async () => {
    const metrics = createMetrics();
    for (let index = 0; index < 1000; index += 1) metrics.observer.fetched(`cause-${index}`, 0.1);
    const series = (await metrics.render()).split('\n').filter((line) => line.startsWith('imsr_cds_fetches_total{'));
    expect(series).toHaveLength(101);
    expect(series.at(-1)).toBe('imsr_cds_fetches_total{result="other"} 900');
  });

  it('without them there is no such route', async () => {
    expect((await (await testApp({ services })).inject('/metrics')).statusCode).toBe(404);
  });
});
