import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { CdsError, ERROR_CODES, type ErrorCode } from '../../src/errors.js';
import { silentLog } from '../../src/schemas/log.js';
import { operationOutcomeSchema } from '../../src/schemas/operation-outcome.js';
import { emptyPlaces } from '../empty-places.js';
import { hookRequest, testApp, type TestParts } from './test-app.js';

const JSON_HEADERS = { 'content-type': 'application/json' };
const CALL = '/cds-services/sign-service';

interface Sent {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE' | 'PATCH';
  readonly url?: string;
  readonly headers?: Record<string, string>;
  readonly payload?: string | Buffer;
}

async function answerTo(sent: Sent, parts: TestParts = {}) {
  const app = await testApp(parts);
  const response = await app.inject({ method: 'POST', url: CALL, headers: JSON_HEADERS, ...sent });
  const outcome = operationOutcomeSchema.parse(response.json());
  return { response, outcome, code: outcome.issue[0]?.details.coding[0]?.code };
}

const valid = JSON.stringify(hookRequest());

describe('errors of the caller', () => {
  it.each<[string, Sent, number, ErrorCode]>([
    ['malformed JSON', { payload: '{"hook":' }, 400, 'REQUEST_INVALID'],
    ['[row 4] a trailing comma', { payload: valid.replace(/}$/, ',}') }, 400, 'REQUEST_INVALID'],
    ['an empty body', { payload: '' }, 400, 'REQUEST_INVALID'],
    ['no body and no type', { headers: {} }, 400, 'REQUEST_INVALID'],
    [
      'bytes that are no UTF-8',
      { payload: Buffer.concat([Buffer.from(valid.slice(0, -1)), Buffer.from(',"x":"\xff"}', 'latin1')]) },
      400,
      'REQUEST_INVALID',
    ],
    [
      'a key that changes prototypes',
      { payload: valid.replace(/}$/, ',"__proto__":{"a":1}}') },
      400,
      'REQUEST_INVALID',
    ],
    ['the same, escaped', { payload: valid.replace(/}$/, ',"\\u005f_proto__":{"a":1}}') }, 400, 'REQUEST_INVALID'],
    [
      'a constructor that changes prototypes',
      { payload: valid.replace(/}$/, ',"constructor":{"prototype":{}}}') },
      400,
      'REQUEST_INVALID',
    ],
    ['another media type', { payload: '<x/>', headers: { 'content-type': 'text/xml' } }, 415, 'MEDIA_TYPE_UNSUPPORTED'],
    ['plain text', { payload: valid, headers: { 'content-type': 'text/plain' } }, 415, 'MEDIA_TYPE_UNSUPPORTED'],
    [
      'a form',
      { payload: 'hook=x', headers: { 'content-type': 'application/x-www-form-urlencoded' } },
      415,
      'MEDIA_TYPE_UNSUPPORTED',
    ],
    [
      'FHIR JSON',
      { payload: valid, headers: { 'content-type': 'application/fhir+json' } },
      415,
      'MEDIA_TYPE_UNSUPPORTED',
    ],
    ['an unknown service', { url: '/cds-services/nope', payload: valid }, 404, 'SERVICE_NOT_FOUND'],
    [
      'an unknown service with an unreadable body',
      { url: '/cds-services/nope', payload: '<', headers: { 'content-type': 'text/xml' } },
      404,
      'SERVICE_NOT_FOUND',
    ],
    ['an unknown address', { url: '/nowhere', payload: valid }, 404, 'NOT_FOUND'],
    ['an unreadable address', { url: '/%zz', payload: valid }, 400, 'REQUEST_INVALID'],
    ['GET of a service', { method: 'GET', headers: {} }, 405, 'METHOD_NOT_ALLOWED'],
    ['PUT of a service', { method: 'PUT', payload: valid }, 405, 'METHOD_NOT_ALLOWED'],
    ['POST of discovery', { url: '/cds-services', payload: '{}' }, 405, 'METHOD_NOT_ALLOWED'],
  ])('[row 1] [row 44] [row 70] [row 71] %s', async (_name, sent, status, expected) => {
    const { response, code } = await answerTo(sent);
    expect([response.statusCode, code]).toEqual([status, expected]);
    expect(response.headers['content-type']).toBe('application/json; charset=utf-8');
    expect(emptyPlaces(response.json())).toEqual([]);
  });

  it('[row 44] accepts application/json with a charset', async () => {
    const app = await testApp();
    const headers = { 'content-type': 'Application/JSON; charset=UTF-8' };
    expect((await app.inject({ method: 'POST', url: CALL, headers, payload: valid })).statusCode).toBe(200);
  });

  it('[row 44] says which methods there are', async () => {
    expect((await answerTo({ method: 'GET', headers: {} })).response.headers['allow']).toBe('POST');
    expect((await answerTo({ url: '/cds-services', payload: '{}' })).response.headers['allow']).toBe('GET, HEAD');
  });

  it.each(['/cds-services/nope', '/cds-services/', '/cds-services/imsr-referral/'])(
    '%s is told where the services are listed',
    async (url) => {
      const { text } = (await answerTo({ url, payload: valid })).response.json().issue[0].details;
      expect(text).toContain('/cds-services, without a slash behind it, lists them');
    },
  );

  it('[row 71] lists every fault with its place', async () => {
    const { context, ...rest } = hookRequest();
    const body = { ...rest, hookInstance: 'x', context: { ...context, patientId: 'Patient/1' } };
    const { outcome } = await answerTo({ payload: JSON.stringify(body) });
    expect(outcome.issue.map(({ code, expression, diagnostics }) => [code, expression, diagnostics])).toEqual([
      ['invalid', ['hookInstance'], 'Expected hookInstance to be: a UUID.'],
      ['invalid', ['context.patientId'], 'Expected context.patientId to be: a FHIR id without a resource type.'],
    ]);
  });
});

describe('errors of ours', () => {
  it.each(Object.entries(ERROR_CODES).map(([code, { status, issue }]) => ({ code: code as ErrorCode, status, issue })))(
    '[row 70] [row 71] $code is answered with $status',
    async ({ code, status, issue }) => {
      const answer = async () => Promise.reject(new CdsError(code, 'A sentence.', { detail: 'for the log' }));
      const { response, outcome } = await answerTo({ payload: valid }, { answer });
      expect(response.statusCode).toBe(status);
      expect(outcome.issue).toEqual([
        {
          severity: 'error',
          code: issue,
          details: {
            coding: [{ system: 'https://imsr-cds.example/fhir/CodeSystem/imsr-cds-error', code }],
            text: 'A sentence.',
          },
        },
      ]);
      expect(response.body).not.toContain('for the log');
    },
  );

  it.each([
    ['an error', new Error('secret text')],
    ['an error with a status', Object.assign(new Error('secret text'), { statusCode: 503 })],
    ['a string', 'secret text'],
    ['nothing', undefined],
  ])(
    '[row 71] what is thrown and not known is one fixed sentence, without a stack trace: %s',
    async (_name, thrown) => {
      const answer = async () => Promise.reject(thrown);
      const { response, outcome } = await answerTo({ payload: valid }, { answer });
      expect(response.statusCode).toBe(500);
      expect(outcome.issue[0]?.details.text).toBe('The service failed to answer this request.');
      expect(response.body).not.toMatch(/secret| at |node_modules/);
    },
  );

  it.each(['RATE_LIMITED', 'OVERLOADED', 'FEEDBACK_NOT_STORED'] as const)('%s says when to come back', async (code) => {
    const answer = async () => Promise.reject(new CdsError(code, 'Later.', { retryAfterSeconds: 7 }));
    const { response } = await answerTo({ payload: valid }, { answer });
    expect(response.headers['retry-after']).toBe('7');
  });
});

describe('bytes that are no HTTP, or not all of it', () => {
  it.each([
    ['nonsense', 'HELLO\r\n\r\n', /^HTTP\/1\.1 400 /],
    ['a call without a host', 'GET /cds-services HTTP/1.1\r\n\r\n', /^HTTP\/1\.1 400 /],
    ['a call without a host to nowhere', 'GET /nowhere HTTP/1.1\r\n\r\n', /^HTTP\/1\.1 400 /],
    ['a call with two hosts', 'GET /cds-services HTTP/1.1\r\nHost: a\r\nhost: b\r\n\r\n', /^HTTP\/1\.1 400 /],
    ['an old call with two hosts', 'GET /cds-services HTTP/1.0\r\nHost: a\r\nHost: a\r\n\r\n', /^HTTP\/1\.1 400 /],
    [
      'an expectation that is not known',
      `POST ${CALL} HTTP/1.1\r\nHost: x\r\nExpect: foo\r\nContent-Length: 2\r\n\r\n{}`,
      /^HTTP\/1\.1 417 /,
    ],
    ['a call for a proxy', 'CONNECT ehr.example:443 HTTP/1.1\r\nHost: ehr.example\r\n\r\n', /^HTTP\/1\.1 400 /],
    ['huge headers', `GET / HTTP/1.1\r\nHost: x\r\nX: ${'y'.repeat(20_000)}\r\n\r\n`, /^HTTP\/1\.1 431 /],
  ])('[row 1] %s is answered in JSON', async (_name, bytes, line) => {
    const answer = await answerToBytes(bytes);
    expect(answer).toMatch(line);
    const [head = '', body = ''] = answer.split('\r\n\r\n');
    expect(head).toContain('application/json');
    expect(operationOutcomeSchema.safeParse(JSON.parse(body)).success).toBe(true);
  });

  const ORIGIN = 'Origin: https://ehr.example\r\n';
  it.each([
    ['an unreadable address', `GET /%zz HTTP/1.1\r\nHost: x\r\n${ORIGIN}Connection: close\r\n\r\n`, 400, true],
    [
      'an unreadable service',
      `POST /cds-services/%zz HTTP/1.1\r\nHost: x\r\n${ORIGIN}Connection: close\r\n\r\n`,
      400,
      true,
    ],
    ['another origin', 'GET /%zz HTTP/1.1\r\nHost: x\r\nOrigin: https://x\r\nConnection: close\r\n\r\n', 400, false],
    ['an expectation', `POST ${CALL} HTTP/1.1\r\nHost: x\r\n${ORIGIN}Expect: foo\r\n\r\n`, 417, true],
    ['huge headers', `GET / HTTP/1.1\r\nHost: x\r\nX: ${'y'.repeat(20_000)}\r\n\r\n`, 431, false],
    ['no HTTP', 'hello\r\n\r\n', 400, false],
    ['a call for a proxy', 'CONNECT ehr.example:443 HTTP/1.1\r\nHost: ehr.example\r\n\r\n', 400, false],
  ])('%s is answered with the headers and the line of every other answer', async (_name, bytes, status, readable) => {
    const lines: object[] = [];
    const answer = await answerToBytes(bytes, { log: { ...silentLog, info: (line) => void lines.push(line) } });
    const head = new Map(
      answer
        .split('\r\n\r\n', 1)[0]!
        .split('\r\n')
        .slice(1)
        .map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 2)]),
    );
    const usual = await (await testApp()).inject({ url: '/nowhere', headers: { origin: 'https://ehr.example' } });
    const alike = ['cache-control', 'content-security-policy', 'strict-transport-security', 'x-content-type-options'];
    for (const name of [...alike, 'x-frame-options', 'content-type', 'vary', 'access-control-expose-headers'])
      expect([name, head.get(name)]).toEqual([name, usual.headers[name]]);
    expect(head.get('access-control-allow-origin')).toBe(readable ? 'https://ehr.example' : undefined);
    expect(lines).toEqual([
      expect.objectContaining({ requestId: head.get('x-request-id'), status, code: 'REQUEST_INVALID' }),
    ]);
    expect(JSON.stringify(lines)).not.toMatch(/null|NaN/);
  });

  it('[row 1] HTTP/1.0 needs no host, and 100-continue is given', async () => {
    expect(await answerToBytes('GET /cds-services HTTP/1.0\r\n\r\n')).toMatch(/^HTTP\/1\.1 200 /);
    const head = `POST ${CALL} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\n`;
    const call = `${head}Expect: 100-continue\r\nContent-Length: ${valid.length}\r\n\r\n${valid}`;
    expect(await answerToBytes(call)).toMatch(/^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 200 /);
  });
});

async function answerToBytes(bytes: string, parts: TestParts = {}): Promise<string> {
  const app = await testApp(parts);
  const address = new URL(await app.listen({ port: 0, host: '127.0.0.1' }));
  const answer = await new Promise<string>((resolve, reject) => {
    let received = '';
    const socket = connect(Number(address.port), address.hostname, () => socket.write(bytes));
    socket.setEncoding('utf8').on('data', (data: string) => (received += data));
    socket.on('end', () => resolve(received)).on('error', reject);
  });
  await app.close();
  return answer;
}
