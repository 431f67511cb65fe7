import { afterEach, describe, expect, it } from 'vitest';
import { startTracing } from '../../src/bin/tracing.js';
import { CdsError } from '../../src/errors.js';
import { freePort } from '../loopback.js';
import { hookRequest, oneCard, testApp } from './test-app.js';
import { startCollector } from './trace-collector.js';

const MARKER = 'MARKER9f2c71';
const CALL = '/cds-services/sign-service';

const stops: (() => unknown)[] = [];
afterEach(() => Promise.all(stops.splice(0).map((stop) => stop())));

describe('traces', () => {
  it('a call is one span that names the service, hook, request and error, and nothing of the patient', async () => {
    const { url, received, spans, close } = await startCollector();
    stops.push(close);
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
    const tracing = await startTracing(`http://127.0.0.1:${await freePort()}/v1/traces`, '0.0.0-test');
    const app = await testApp({ tracer: tracing.tracer });
    expect((await app.inject({ method: 'POST', url: CALL, payload: hookRequest() })).statusCode).toBe(200);
    await tracing.close();
  });
});
