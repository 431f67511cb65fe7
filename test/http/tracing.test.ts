import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { startTracing } from '../../src/bin/tracing.js';
import { CdsError } from '../../src/errors.js';
import { hookRequest, oneCard, testApp } from './test-app.js';

const MARKER = 'MARKER9f2c71';
const CALL = '/cds-services/sign-service';

interface Span {
  readonly name: string;
  readonly status: { readonly code?: number };
  readonly attributes: readonly { readonly key: string; readonly value: Readonly<Record<string, unknown>> }[];
}

/** A collector on loopback that keeps what it is sent. */
async function collector() {
  const received: { path: string | undefined; body: string }[] = [];
  const server = createServer((incoming, response) => {
    let body = '';
    incoming.setEncoding('utf8').on('data', (part: string) => (body += part));
    incoming.on('end', () => {
      received.push({ path: incoming.url, body });
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  stops.push(() => server.close());
  const spans = (): readonly Span[] =>
    received.flatMap(({ body }) =>
      (JSON.parse(body) as { resourceSpans: { scopeSpans: { spans: Span[] }[] }[] }).resourceSpans.flatMap(
        ({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans),
      ),
    );
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, received, spans };
}

const stops: (() => void)[] = [];
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
});

describe('traces', () => {
  it('a call is one span that names the service, hook, request and error, and nothing of the patient', async () => {
    const { url, received, spans } = await collector();
    const tracing = await startTracing(url, '0.0.0-test');
    const app = await testApp({
      tracer: tracing.tracer,
      answer: async ({ service }) => {
        if (service.id === 'sign-service') return oneCard;
        throw new CdsError('RECORD_UNAVAILABLE', `Missing ${MARKER}`, { detail: MARKER });
      },
    });
    const payload = hookRequest();
    payload.context['patientId'] = MARKER;
    await app.inject({ method: 'POST', url: `${CALL}?${MARKER}`, payload });
    await app.inject({
      method: 'POST',
      url: '/cds-services/view-service',
      payload: { ...hookRequest('patient-view'), extension: { MARKER } },
    });
    await tracing.close();

    expect(received[0]?.path).toBe('/v1/traces');
    expect(JSON.stringify(received)).not.toContain(MARKER);
    const seen = spans().map(({ name, status, attributes }) => [
      name,
      status.code ?? 0,
      Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]])),
    ]);
    const requestId = (count: number) => `00000000-0000-4000-8000-00000000000${count}`;
    expect(seen).toEqual([
      [
        'cds-service',
        0,
        { 'cds.service': 'sign-service', 'cds.hook': 'order-sign', 'cds.request_id': requestId(1), 'cds.cards': 1 },
      ],
      [
        'cds-service',
        2,
        {
          'cds.service': 'view-service',
          'cds.hook': 'patient-view',
          'cds.request_id': requestId(2),
          'cds.error': 'RECORD_UNAVAILABLE',
        },
      ],
    ]);
  });

  it('a collector that is down costs no answer and no stop', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    const tracing = await startTracing(`http://127.0.0.1:${port}/v1/traces`, '0.0.0-test');
    const app = await testApp({ tracer: tracing.tracer });
    expect((await app.inject({ method: 'POST', url: CALL, payload: hookRequest() })).statusCode).toBe(200);
    await tracing.close();
  });
});
