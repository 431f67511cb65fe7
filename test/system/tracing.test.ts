import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { composeService } from '../../src/bin/compose-service.js';
import { loadConfig } from '../../src/config/load-config.js';
import { buildApp } from '../../src/http/app.js';
import { silentLog } from '../../src/schemas/log.js';
import { startCollector } from '../http/trace-collector.js';
import { json, startScriptedServer } from '../record/scripted-fhir-server.js';
import { fetchingCall } from './stack-checks.js';

const MARKER = 'MARKER5c0e44';

const ends: (() => unknown)[] = [];
afterAll(() => Promise.all(ends.map((end) => end())));

it(
  '[row 61] a call is a trace of its steps and fetches, without anything of the patient',
  { timeout: 60_000 },
  async () => {
    const collector = await startCollector();
    const fhir = await startScriptedServer();
    const folder = await mkdtemp(path.join(tmpdir(), 'imsr-cds-tracing-'));
    ends.push(collector.close, fhir.close, () => rm(folder, { recursive: true, force: true }));
    fhir.on(
      'Patient/all-met',
      json({ resourceType: 'Patient', id: 'all-met', birthDate: '1981-05-20', name: [{ text: MARKER }] }),
    );

    const env = {
      MODE: 'development',
      DATA_DIR: folder,
      DEV_FHIR_SERVERS: fhir.base,
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    };
    const { parts, close } = await composeService(
      loadConfig(env, () => ''),
      silentLog,
      'alone',
    );
    const app = await buildApp({ ...parts, settings: { ...parts.settings, maxEventLoopDelayMs: 0 } });
    const call = fetchingCall(fhir.base);
    const payload = {
      ...call,
      fhirAuthorization: { ...call.fhirAuthorization, access_token: MARKER },
      extension: { MARKER },
    };
    const answer = await app.inject({ method: 'POST', url: '/cds-services/imsr-indication', payload });
    expect(answer.statusCode, answer.body).toBe(200);
    await app.close();
    await close();

    const spans = collector.spans();
    const root = spans.find(({ name }) => name === 'cds-service')!;
    const steps = spans.filter((span) => span !== root);
    expect(steps.map(({ parentSpanId }) => parentSpanId)).toEqual(steps.map(() => root.spanId));
    const names = steps.map(({ name }) => name);
    expect(names.filter((name) => name !== 'fhir-fetch').sort()).toEqual(['assess', 'gather', 'render']);
    expect(names.filter((name) => name === 'fhir-fetch').length).toBeGreaterThan(1);
    for (const { startTimeUnixNano, endTimeUnixNano } of steps) {
      expect(BigInt(endTimeUnixNano)).toBeGreaterThanOrEqual(BigInt(startTimeUnixNano));
    }
    const results = steps.flatMap(({ attributes }) =>
      attributes.map(({ key, value }) => `${key}=${value.stringValue ?? ''}`),
    );
    expect(new Set(results)).toEqual(new Set(['cds.fetch.result=ok', 'cds.fetch.result=http-404']));
    // A year by itself: instants in nanoseconds hold any four digits now and then.
    expect(collector.received.map(({ body }) => body).join()).not.toMatch(new RegExp(`${MARKER}|all-met|\\b1981\\b`));
  },
);
