import { Agent, type RequestOptions, request } from 'node:https';
import { request as plainRequest } from 'node:http';
import { describe } from 'vitest';
import type { Answer } from './ehr.js';
import { checkStack } from './stack-checks.js';

/**
 * The checks of the two instances, against the Docker Compose stack: `npm run test:sandbox` once it is up. Its proxy
 * spreads the calls over both instances, and every caller is trusted there.
 */
const URL_ASKED = process.env['SANDBOX_URL'];
/** The FHIR server under its name inside the stack. */
const FHIR_SERVER = process.env['SANDBOX_FHIR_SERVER'] ?? 'http://fhir:8080/fhir';

/** The stack's certificate is of its proxy's own authority; the patients in it are synthetic. */
const agent = new Agent({ rejectUnauthorized: false });

function call(method: 'GET' | 'POST', endpoint: string, body?: unknown): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const url = new URL(`${URL_ASKED ?? ''}${endpoint}`);
    const options: RequestOptions = { method, headers: { 'content-type': 'application/json' } };
    const sent = url.protocol === 'https:' ? request(url, { ...options, agent }) : plainRequest(url, options);
    sent.on('error', reject).on('response', (incoming) => {
      let text = '';
      incoming.setEncoding('utf8').on('data', (part: string) => (text += part));
      incoming.on('end', () => {
        const headers = new Headers(Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]));
        const json = headers.get('content-type')?.includes('json') === true;
        resolve({ status: incoming.statusCode ?? 0, headers, text, body: json ? JSON.parse(text) : undefined });
      });
    });
    sent.end(body === undefined ? undefined : JSON.stringify(body));
  });
}

/** Why the stack is not tested now; nothing when it is. */
async function absence(): Promise<string | undefined> {
  if (URL_ASKED === undefined) return 'the Docker Compose stack: run `npm run test:sandbox` once it is up';
  const found = await call('GET', '/health/ready').then(
    ({ status }) => `status ${status}`,
    () => 'no answer',
  );
  return found === 'status 200' ? undefined : `the Docker Compose stack: ${found} at ${URL_ASKED}/health/ready`;
}

const absent = await absence();
describe.skipIf(absent !== undefined)(absent ?? `the stack at ${URL_ASKED ?? ''}`, { timeout: 60_000 }, () => {
  checkStack(() => ({
    ask: (_instance, endpoint, body) => call('POST', endpoint, body),
    get: (_instance, endpoint) => call('GET', endpoint),
    fhirServer: FHIR_SERVER,
  }));
});
