import { describe, expect, it } from 'vitest';
import { systemClock } from '../../src/clock.js';
import { openConnections } from '../../src/record/connections.js';
import {
  CONDITIONS_KEY,
  nextLink,
  OUTCOME,
  PATIENT,
  PATIENT_KEY,
  procedure,
  PROCEDURES_KEY,
  searchset,
} from './fixtures.js';
import { TOKEN, useBench } from './gathering.js';
import { json, text } from './scripted-fhir-server.js';

const PATH = 'Procedure?patient=synthetic-1';
const templates = [PATIENT_KEY, PROCEDURES_KEY, CONDITIONS_KEY];

describe('gathering a record', () => {
  const bench = useBench();

  it('[row 49] [row 59] fetches the absent keys only', async () => {
    bench.server.on(PATH, json(searchset([procedure('a')])));
    const record = await bench.gather({ templates, prefetch: { patient: PATIENT, conditions: null } });
    expect(bench.server.seen.map(({ method, url }) => [method, url])).toEqual([['GET', `/fhir/${PATH}`]]);
    expect(record.keys).toEqual([
      { key: 'patient', types: ['Patient'], state: 'present' },
      { key: 'procedures', types: ['Procedure'], state: 'present' },
      { key: 'conditions', types: ['Condition'], state: 'empty' },
    ]);
    expect(record.resources.map(({ id }) => id)).toEqual(['synthetic-1', 'a']);
    expect(bench.reports).toEqual([{ key: 'procedures', outcome: 'ok', ms: expect.any(Number) }]);
  });

  it('[row 58] [row 60] [row 61] presents the token in the Authorization header and nowhere else', async () => {
    bench.server.on(PATH, json(searchset([])));
    const record = await bench.gather({ templates: [PROCEDURES_KEY] });
    expect(record.keys[0]?.state).toBe('empty');
    const [request] = bench.server.seen;
    expect(request?.headers['authorization']).toBe(`Bearer ${TOKEN}`);
    expect(request?.headers['accept']).toBe('application/fhir+json');
    expect(request?.headers['accept-encoding']).toBe('identity');
    const { authorization: _sent, ...others } = request?.headers ?? {};
    expect(JSON.stringify([request?.url, others, record.keys, bench.reports])).not.toContain(TOKEN);
  });

  it('encodes what a request line may not hold: a search by system and code', async () => {
    const template = {
      ...PROCEDURES_KEY,
      template: 'Procedure?patient={{context.patientId}}&code=http://a.example|b,c',
    };
    bench.server.on(`${PATH}&code=http://a.example%7Cb,c`, json(searchset([procedure('a')])));
    const record = await bench.gather({ templates: [template] });
    expect(record.resources.map(({ id }) => id)).toEqual(['a']);
  });

  it('tells once how many bytes were read, those of answers that are no JSON not among them', async () => {
    const page = searchset([procedure('a')], nextLink(`${bench.server.base}/${PATH}&page=2`));
    const rest = searchset([procedure('é')]);
    bench.server.on(PATH, json(page));
    bench.server.on(`${PATH}&page=2`, json(rest));
    bench.server.on('Condition?patient=synthetic-1', text('{"resourceType":'));
    const told: number[] = [];
    await bench.gather({ templates, prefetch: { patient: PATIENT }, onFetched: (bytes) => told.push(bytes) });
    expect(told).toEqual([Buffer.byteLength(JSON.stringify(page)) + Buffer.byteLength(JSON.stringify(rest))]);
  });

  it('tells of no bytes at all when nothing was fetched', async () => {
    const onFetched = (): void => {
      throw new Error('told of bytes');
    };
    const prefetch = { patient: PATIENT, procedures: null, conditions: null };
    expect((await bench.gather({ templates, prefetch, onFetched })).keys).toHaveLength(3);
    expect((await bench.gather({ templates, prefetch, onFetched, fhirServer: undefined })).keys).toHaveLength(3);
  });

  it('tells how long a fetch took, also where the clock is set back meanwhile', async () => {
    bench.server.on(PATH, json(searchset([])));
    let nowMs = systemClock.nowMs();
    await bench.gather({ templates: [PROCEDURES_KEY], clock: { ...systemClock, nowMs: () => (nowMs -= 3_600_000) } });
    const { ms } = bench.reports[0]!;
    expect(ms).toBeGreaterThan(0);
    expect(ms).toBeLessThan(60_000);
  });

  it('fetches without a header when the client gave no token', async () => {
    bench.server.on(PATH, json(searchset([procedure('a')])));
    const record = await bench.gather({ templates: [PROCEDURES_KEY], fhirAuthorization: undefined });
    expect(record.keys[0]?.state).toBe('present');
    expect(bench.server.seen[0]?.headers['authorization']).toBeUndefined();
  });

  it('[row 52] does not ask again for what the client failed to get', async () => {
    const record = await bench.gather({ templates: [PROCEDURES_KEY], prefetch: { procedures: OUTCOME } });
    expect(record.gapIn('Procedure')).toBe('fetch-failed');
    expect(bench.server.seen).toEqual([]);
  });

  it('[row 43] ignores prefetch keys that were not asked for', async () => {
    const prefetch = { patient: PATIENT, other: { resourceType: 'Patient', id: 'synthetic-2' } };
    const record = await bench.gather({ templates: [PATIENT_KEY], prefetch });
    expect(record.resources).toEqual([PATIENT]);
  });

  it('[row 49] an absent key without a FHIR server is not gathered', async () => {
    for (const prefetch of [undefined, {}]) {
      const record = await bench.gather({ templates: [PROCEDURES_KEY], prefetch, fhirServer: undefined });
      expect(record.keys[0]).toMatchObject({ state: 'not-gathered', gap: 'not-gathered', cause: 'no-fhir-server' });
    }
  });

  it('an inherited property is no prefetch key', async () => {
    const template = { ...PROCEDURES_KEY, key: 'constructor' };
    const record = await bench.gather({ templates: [template], prefetch: {}, fhirServer: undefined });
    expect(record.keys[0]).toMatchObject({ state: 'not-gathered', gap: 'not-gathered', cause: 'no-fhir-server' });
  });

  it('a token that the context cannot fill leaves its key not gathered, and nothing is sent', async () => {
    const template = { ...PROCEDURES_KEY, template: 'Procedure?encounter={{context.encounterId}}' };
    const record = await bench.gather({ templates: [template] });
    expect(record.keys[0]).toMatchObject({ state: 'not-gathered', gap: 'not-gathered', cause: 'token-unfillable' });
    expect(bench.server.seen).toEqual([]);
  });

  it.each(['https://evil.example/Procedure', '/admin', '../admin', '//evil.example/x'])(
    '[row 24] a template that leaves the base is not sent: %s',
    async (path) => {
      const record = await bench.gather({ templates: [{ ...PROCEDURES_KEY, template: path }] });
      expect(record.keys[0]).toMatchObject({ state: 'not-gathered', cause: 'template-off-base' });
      expect(bench.server.seen).toEqual([]);
    },
  );

  it('a prefetch about another patient is refused before anything is fetched', async () => {
    const prefetch = { patient: { resourceType: 'Patient', id: 'synthetic-2' } };
    await expect(bench.gather({ templates, prefetch })).rejects.toMatchObject({ code: 'SUBJECT_MISMATCH' });
    expect(bench.server.seen).toEqual([]);
  });

  it('[row 38] when all was prefetched no connection is opened and the FHIR server plays no part', async () => {
    const connections = {
      poolFor: () => {
        throw new Error('a pool was asked for');
      },
      close: () => Promise.resolve(),
    };
    const prefetch = { patient: PATIENT, procedures: searchset([procedure('a')]), conditions: null };
    for (const fhirServer of [undefined, bench.server.base, 'https://not-allowed.example/fhir', 'nonsense']) {
      const record = await bench.gather({ templates, prefetch, fhirServer, connections });
      expect(record.keys.map(({ state }) => state)).toEqual(['present', 'present', 'empty']);
    }
  });

  it('[row 50] a required key that is known to be empty is no missing data', async () => {
    const record = await bench.gather({ templates: [PATIENT_KEY], prefetch: { patient: null } });
    expect(record.keys[0]?.state).toBe('empty');
  });

  it('[row 48] a required resource that came with a failure was had', async () => {
    const prefetch = { patient: searchset([PATIENT, OUTCOME]) };
    const record = await bench.gather({ templates: [PATIENT_KEY], prefetch });
    expect(record.keys[0]).toMatchObject({ state: 'failed', gap: 'fetch-failed' });
    expect(record.byType('Patient')).toEqual([PATIENT]);
  });

  it.each([
    ['absent', {}],
    ['failed', { patient: OUTCOME }],
    ['unreadable', { patient: 'x' }],
    ['of another type', { patient: procedure('a') }],
  ])('[row 48] a required key that is %s, without a FHIR server: 412', async (_title, prefetch) => {
    const call = bench.gather({ templates: [PATIENT_KEY], prefetch, fhirServer: undefined });
    await expect(call).rejects.toMatchObject({
      code: 'RECORD_UNAVAILABLE',
      issues: [{ path: 'prefetch.patient', expected: 'Patient/{{context.patientId}}' }],
    });
  });
});

describe('[row 65] which servers are called', () => {
  const bench = useBench();
  const optional = { templates: [PROCEDURES_KEY] };
  const notGathered = (cause: string) => ({ state: 'not-gathered', gap: 'not-gathered', cause });

  it('none that is not on the list, whatever it looks like', async () => {
    const { base } = bench.server;
    const near = [`${base}x`, `${base}/deeper`, base.replace('/fhir', ''), base.replace('//', '//user@'), `${base}?x`];
    for (const fhirServer of [...near, base.replace('127.0.0.1', 'localhost'), 'file:///fhir', 'nonsense', '']) {
      const record = await bench.gather({ ...optional, fhirServer });
      expect(record.keys[0]).toMatchObject(notGathered('server-not-allowed'));
    }
    expect(bench.server.seen).toEqual([]);
  });

  it('the one on the list, whatever its spelling', async () => {
    bench.server.on(PATH, json(searchset([])));
    for (const fhirServer of [`${bench.server.base}/`, bench.server.base.replace('http', 'HTTP')]) {
      expect((await bench.gather({ ...optional, fhirServer })).keys[0]?.state).toBe('empty');
    }
  });

  it('a required key behind a server that is not allowed: 412', async () => {
    const call = bench.gather({ templates: [PATIENT_KEY], fhirServer: 'https://not-allowed.example/fhir' });
    await expect(call).rejects.toMatchObject({ code: 'RECORD_UNAVAILABLE', detail: 'patient (server-not-allowed)' });
  });

  it('[row 39] [row 6] plain http only where private addresses are allowed', async () => {
    const client = { fhirServers: [bench.server.base], privateAddressesAllowed: false };
    const record = await bench.gather({ ...optional, client });
    expect(record.keys[0]).toMatchObject(notGathered('https-required'));
    expect(bench.server.seen).toEqual([]);
  });

  it('none with a token for another patient, or one that does not fit in a header', async () => {
    const forOther = { access_token: TOKEN, patient: 'synthetic-2' };
    const malformed = { access_token: 'a\r\nx-injected: 1' };
    const first = await bench.gather({ ...optional, fhirAuthorization: forOther });
    const second = await bench.gather({ ...optional, fhirAuthorization: malformed });
    expect(first.keys[0]).toMatchObject(notGathered('token-for-other-patient'));
    expect(second.keys[0]).toMatchObject(notGathered('token-malformed'));
    expect(bench.server.seen).toEqual([]);
  });

  const lookupTo = (...answers: string[][]) => {
    let call = 0;
    return openConnections({
      lookup: (_hostname, _options, callback) => {
        const found = answers[Math.min(call, answers.length - 1)] ?? [];
        call += 1;
        callback(
          null,
          found.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
        );
      },
    });
  };

  it.each<[string, string, string[]]>([
    ['a literal loopback address', 'https://127.0.0.1:1/fhir', []],
    ['a literal IPv6 loopback address', 'https://[::1]:1/fhir', []],
    ['a literal mapped address', 'https://[::ffff:127.0.0.1]:1/fhir', []],
    ['the metadata address', 'https://169.254.169.254/fhir', []],
    ['a name for a private address', 'https://ehr.example/fhir', ['10.0.0.1']],
    ['a name for a public and a private address', 'https://ehr.example/fhir', ['8.8.8.8', '127.0.0.1']],
    ['a name without an address', 'https://ehr.example/fhir', []],
  ])('no connection to %s', async (_title, fhirServer, addresses) => {
    const connections = lookupTo(addresses);
    const client = { fhirServers: [fhirServer], privateAddressesAllowed: false };
    const record = await bench.gather({ ...optional, fhirServer, client, connections });
    expect(record.keys[0]).toMatchObject({ state: 'failed', gap: 'fetch-failed', cause: 'address-refused' });
    await connections.close();
  });

  it('link-local stays refused where private addresses are allowed', async () => {
    const connections = lookupTo(['169.254.169.254']);
    const fhirServer = 'http://ehr.example/fhir';
    const client = { fhirServers: [fhirServer], privateAddressesAllowed: true };
    const record = await bench.gather({ ...optional, fhirServer, client, connections });
    expect(record.keys[0]).toMatchObject({ cause: 'address-refused' });
    await connections.close();
  });

  it('a name that changes its address after the first call is refused at the next connection', async () => {
    const { port } = new URL(bench.server.base);
    const fhirServer = `http://ehr.example:${port}/fhir`;
    const client = { fhirServers: [fhirServer], privateAddressesAllowed: true };
    const connections = lookupTo(['127.0.0.1'], ['169.254.169.254']);
    bench.server.on(PATH, json(searchset([]), 200, { connection: 'close' }));
    const first = await bench.gather({ ...optional, fhirServer, client, connections });
    const second = await bench.gather({ ...optional, fhirServer, client, connections });
    expect(first.keys[0]).toMatchObject({ state: 'empty' });
    expect(second.keys[0]).toMatchObject({ state: 'failed', cause: 'address-refused' });
    expect(bench.server.seen).toHaveLength(1);
    await connections.close();
  });
});
