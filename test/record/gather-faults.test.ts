import { getEventListeners } from 'node:events';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { fixedClock } from '../../src/clock.js';
import { OUTCOME, PATIENT, PATIENT_KEY, procedure, PROCEDURES_KEY, searchset } from './fixtures.js';
import { GENEROUS_LIMITS, SHORT_LIMITS, TOKEN, useBench } from './gathering.js';
import { firstThen, json, type Script, startScriptedServer, text } from './scripted-fhir-server.js';

const PATH = 'Procedure?patient=synthetic-1';
const whole = searchset([procedure('a')]);
const reset: Script = (request) => request.socket.resetAndDestroy();
const silent: Script = () => undefined;
const dripping: Script = (_request, response) => {
  response.writeHead(200, { 'content-type': 'application/json' }).write('{"resourceType":');
};

const coded: Script = (_request, response) => {
  const headers = { 'content-type': 'application/fhir+json', 'content-encoding': 'gzip' };
  response.writeHead(200, headers).end(gzipSync(JSON.stringify(whole)));
};

describe('one key that the FHIR server cannot give', () => {
  const bench = useBench();

  const faults: [string, Script, string, string, number][] = [
    ['[row 64] a token that has expired (401)', json(OUTCOME, 401), 'fetch-failed', 'http-401', 1],
    ['[row 64] a token that is not enough (403)', json(OUTCOME, 403), 'fetch-failed', 'http-403', 1],
    ['[row 64] nothing there (404)', json(OUTCOME, 404), 'fetch-failed', 'http-404', 1],
    ['[row 64] no longer there (410)', json(OUTCOME, 410), 'fetch-failed', 'http-410', 1],
    ['[row 64] busy without a time (429)', json(OUTCOME, 429), 'fetch-failed', 'http-429', 1],
    [
      '[row 64] busy beyond the deadline (429)',
      json(OUTCOME, 429, { 'retry-after': '600' }),
      'fetch-failed',
      'http-429',
      1,
    ],
    ['[row 64] busy twice (429)', json(OUTCOME, 429, { 'retry-after': '0' }), 'fetch-failed', 'http-429', 2],
    [
      '[row 64] a server error (500) is not tried again',
      json(OUTCOME, 500, { 'retry-after': '0' }),
      'fetch-failed',
      'http-500',
      1,
    ],
    ['[row 64] out of service (503)', json(OUTCOME, 503), 'fetch-failed', 'http-503', 1],
    ['[row 64] out of service twice (503)', json(OUTCOME, 503, { 'retry-after': '0' }), 'fetch-failed', 'http-503', 2],
    ['[row 64] an answer without content (204)', json('', 204), 'fetch-failed', 'http-204', 1],
    ['[row 64] silence past the deadline', silent, 'fetch-failed', 'timeout', 1],
    ['[row 64] a body that stops half-way past the deadline', dripping, 'fetch-failed', 'timeout', 1],
    ['[row 64] the connection reset twice', reset, 'fetch-failed', 'connection-lost', 2],
    [
      '[row 54] JSON nested deeper than any',
      text(`${'['.repeat(501)}${']'.repeat(501)}`),
      'fetch-failed',
      'too-deep',
      1,
    ],
    ['[row 54] broken JSON', text('{"resourceType":"Bundle",'), 'fetch-failed', 'broken-json', 1],
    ['[row 54] bytes that are no UTF-8', text(Buffer.from([0x22, 0xff, 0x22])), 'fetch-failed', 'broken-json', 1],
    ['[row 54] a content coding that was not asked for', coded, 'fetch-failed', 'content-coding', 1],
    ['[row 54] an HTML page', text('<html></html>', 'text/html'), 'fetch-failed', 'not-json', 1],
    ['[row 54] null, which is no FHIR answer', text('null'), 'unreadable', 'not-a-resource', 1],
    [
      '[row 54] a match of another type',
      json(searchset([{ resourceType: 'Goal', id: 'g' }])),
      'unreadable',
      'wrong-type',
      1,
    ],
    ['[row 52] an OperationOutcome with 200', json(OUTCOME), 'fetch-failed', 'operation-outcome', 1],
    [
      '[row 65] another patient in the answer',
      json(searchset([procedure('a'), procedure('b', { subject: { reference: 'Patient/synthetic-2' } })])),
      'fetch-failed',
      'wrong-patient',
      1,
    ],
  ];
  it.each(faults)('%s', async (_title, script, gap, cause, asked) => {
    bench.server.on(PATH, script);
    const limits = cause === 'timeout' ? SHORT_LIMITS : GENEROUS_LIMITS;
    const record = await bench.gather({ templates: [PROCEDURES_KEY], limits });
    expect(record.keys).toEqual([{ key: 'procedures', types: ['Procedure'], state: 'failed', gap, cause }]);
    expect(record.gapIn('Procedure')).toBe(gap);
    expect(record.byType('Procedure')).toEqual([]);
    expect(bench.server.seen).toHaveLength(asked);
    expect(bench.reports).toEqual([{ key: 'procedures', outcome: cause, ms: expect.any(Number) }]);
  });

  const recovered: [string, Script][] = [
    ['[row 64] busy (429) with a time that fits', json(OUTCOME, 429, { 'retry-after': '0' })],
    [
      '[row 64] out of service (503) with a date that has passed',
      json(OUTCOME, 503, { 'retry-after': 'Thu, 01 Jan 2026 00:00:00 GMT' }),
    ],
    ['[row 64] the connection reset once', reset],
  ];
  it.each(recovered)('%s is tried once more', async (_title, script) => {
    bench.server.on(PATH, firstThen(script, json(whole)));
    const record = await bench.gather({ templates: [PROCEDURES_KEY] });
    expect(record.keys).toEqual([{ key: 'procedures', types: ['Procedure'], state: 'present' }]);
    expect(bench.server.seen).toHaveLength(2);
  });

  it('[row 64] a date in Retry-After is held against the clock', async () => {
    bench.server.on(PATH, json(OUTCOME, 503, { 'retry-after': 'Thu, 01 Jan 2026 01:00:00 GMT' }));
    await bench.gather({ templates: [PROCEDURES_KEY], clock: fixedClock('2026-01-01T00:00:00Z') });
    expect(bench.server.seen).toHaveLength(1);
  });

  it('[row 64] no server at the address', async () => {
    const gone = await startScriptedServer();
    await gone.close();
    const client = { fhirServers: [gone.base], privateAddressesAllowed: true };
    const record = await bench.gather({ templates: [PROCEDURES_KEY], fhirServer: gone.base, client });
    expect(record.keys[0]).toMatchObject({ state: 'failed', gap: 'fetch-failed', cause: 'no-connection' });
  });

  it('a caller that has gone ends the fetch', async () => {
    const controller = new AbortController();
    bench.server.on(PATH, () => controller.abort());
    const record = await bench.gather({ templates: [PROCEDURES_KEY], signal: controller.signal });
    expect(record.keys[0]).toMatchObject({ state: 'failed', gap: 'fetch-failed', cause: 'cancelled' });
  });

  it('a caller that is answered is no longer listened to', async () => {
    bench.server.on(PATH, json(whole));
    const { signal } = new AbortController();
    await bench.gather({ templates: [PROCEDURES_KEY], signal });
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  it('a caller that had gone before the start is not fetched for', async () => {
    const record = await bench.gather({ templates: [PROCEDURES_KEY], signal: AbortSignal.abort() });
    expect(record.keys[0]).toMatchObject({ state: 'failed', gap: 'fetch-failed', cause: 'cancelled' });
    expect(bench.server.seen).toEqual([]);
  });

  it('an over-large body', async () => {
    const limits = { ...GENEROUS_LIMITS, maxBytes: 1000 };
    bench.server.on(PATH, (_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.write('"');
      response.end(`${'x'.repeat(998)}"`);
    });
    const fits = await bench.gather({ templates: [PROCEDURES_KEY], limits });
    expect(fits.keys[0]).toMatchObject({ cause: 'not-a-resource' });
    bench.server.on(PATH, text(`"${'x'.repeat(999)}"`));
    const over = await bench.gather({ templates: [PROCEDURES_KEY], limits });
    expect(over.keys[0]).toMatchObject({ state: 'failed', gap: 'fetch-failed', cause: 'too-large' });
  });

  it('[row 61] [row 65] a redirect is not followed, and the token does not travel', async () => {
    const elsewhere = await startScriptedServer();
    elsewhere.on(PATH, json(whole));
    for (const status of [301, 302, 303, 307, 308]) {
      bench.server.on(PATH, json('', status, { location: `${elsewhere.base}/${PATH}` }));
      const record = await bench.gather({ templates: [PROCEDURES_KEY] });
      expect(record.keys[0]).toMatchObject({ state: 'failed', gap: 'fetch-failed', cause: 'redirect' });
    }
    expect(elsewhere.seen).toEqual([]);
    await elsewhere.close();
  });

  it('one key that fails leaves the others as they are', async () => {
    bench.server.on('Patient/synthetic-1', json(PATIENT));
    bench.server.on(PATH, json(OUTCOME, 500));
    const record = await bench.gather({ templates: [PATIENT_KEY, PROCEDURES_KEY] });
    expect(record.keys.map(({ state }) => state)).toEqual(['present', 'failed']);
    expect([record.gapIn('Patient'), record.gapIn('Procedure')]).toEqual([undefined, 'fetch-failed']);
  });

  it.each<[string, Script, string]>([
    ['expired token', json(OUTCOME, 401), 'http-401'],
    ['another patient', json({ resourceType: 'Patient', id: 'synthetic-2' }), 'wrong-patient'],
    ['past the deadline', silent, 'timeout'],
  ])('[row 48] [row 64] a required key that fails is a 412 without values: %s', async (_title, script, cause) => {
    bench.server.on('Patient/synthetic-1', script);
    const limits = cause === 'timeout' ? SHORT_LIMITS : GENEROUS_LIMITS;
    const failure: unknown = await bench.gather({ templates: [PATIENT_KEY], limits }).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 'RECORD_UNAVAILABLE', status: 412, detail: `patient (${cause})` });
    const told = JSON.stringify([failure, (failure as Error).message, (failure as Error).stack]);
    for (const secret of [TOKEN, 'synthetic-1', 'synthetic-2', bench.server.base]) expect(told).not.toContain(secret);
  });
});
