import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startScriptedServer, text, type ScriptedFhirServer } from '../record/scripted-fhir-server.js';
import { type BuiltService, buildService, type ServiceProcess } from './built-service.js';
import { createEhr, type Ehr, get, post, trusting } from './ehr.js';
import { accepted, type Cards, FEEDBACK, fetchingCall, SERVICE } from './stack-checks.js';
import { fullCall } from './synthetic-call.js';

const MARKER = 'MARKER7d31c9';

/** The value with the marker in every text, or after every text. */
function marked(value: unknown, how: (text: string) => string): unknown {
  if (typeof value === 'string') return how(value);
  if (Array.isArray(value)) return value.map((inner) => marked(inner, how));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, marked(inner, how)]));
}

/** Free text and names in every resource, as a chart has them; the codes stay, so that there is something to decide. */
function withFreeText(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withFreeText);
  if (typeof value !== 'object' || value === null) return value;
  const inner = Object.fromEntries(Object.entries(value).map(([key, of]) => [key, withFreeText(of)]));
  if (!('resourceType' in inner) || inner['resourceType'] === 'Bundle') return inner;
  const plain = {
    note: [{ text: MARKER }],
    text: { status: 'generated', div: MARKER },
    identifier: [{ value: MARKER }],
  };
  return { ...inner, ...plain, [MARKER]: MARKER, contained: [{ resourceType: 'Basic', id: MARKER }] };
}

describe('a marker in every field of a call', { timeout: 120_000 }, () => {
  let built: BuiltService;
  let fhir: ScriptedFhirServer;
  let ehr: Ehr;
  let service: ServiceProcess;
  const refusals: string[] = [];

  beforeAll(async () => {
    built = await buildService();
    fhir = await startScriptedServer();
    fhir.on('Patient/all-met', text(`{"resourceType":"Patient","id":"all-met","name":[{"text":"${MARKER}"`));
    ehr = await createEhr('hospital-a', 'RS384', fhir.base);
    const settings = trusting(built.folder('settings'), ehr);
    service = await built.start({ ...settings, DATA_DIR: built.folder('data'), LOG_LEVEL: 'trace' });
  }, 240_000);
  afterAll(async () => {
    await built.remove();
    await fhir.close();
  });

  /** One call with the marker in its path, headers and token too; keeps what is said when it is refused. */
  async function send(endpoint: string, body: unknown, claims: object = {}): Promise<number> {
    const all = { sub: MARKER, jti: `${MARKER}-${Math.random()}`, [MARKER]: MARKER, ...claims };
    const token = await ehr.token(endpoint, all);
    const headers = {
      'user-agent': MARKER,
      'x-request-id': MARKER,
      referer: `https://${MARKER}.example/`,
      cookie: MARKER,
    };
    const answer = await post(`${service.url}${endpoint}?name=${MARKER}`, body, token, headers);
    if (answer.status >= 400) refusals.push(answer.text, JSON.stringify([...answer.headers]));
    return answer.status;
  }

  it('[row 36] [row 61] [row 71] [row 128] [row 143] is in no log line, no metric and no refusal, whatever becomes of the call', async () => {
    const call = fullCall('imsr-indication', 'all-met');
    const rich = withFreeText(call) as typeof call;
    // Answered, and the comment on its card kept.
    expect(await send(SERVICE, { ...rich, extension: { MARKER }, [MARKER]: MARKER })).toBe(200);
    const token = await ehr.token(SERVICE);
    const { body } = await post(service.url + SERVICE, rich, token);
    const uuid = (body as Cards).cards[0]!.uuid;
    const overrideReason = { reason: { code: MARKER, system: MARKER, display: MARKER }, userComment: MARKER };
    const overridden = { ...accepted(uuid), outcome: 'overridden', overrideReason, [MARKER]: MARKER };
    expect(await send(FEEDBACK, { feedback: [overridden] })).toBe(200);

    // Refused, each for another reason.
    const nowhere = `${MARKER.toLowerCase()}-${MARKER}`;
    expect(await send(FEEDBACK, { feedback: [accepted(MARKER)] })).toBe(404);
    expect(await send(FEEDBACK, { feedback: [{ ...overridden, outcome: MARKER, outcomeTimestamp: MARKER }] })).toBe(
      400,
    );
    expect(
      await send(
        SERVICE,
        marked(call, () => MARKER),
      ),
    ).toBe(400);
    expect(await send(SERVICE, MARKER)).toBe(400);
    expect(await send(`/cds-services/${nowhere}`, call)).toBe(404);
    // Of a token that is refused the three claims that find its sender are logged on purpose, and nothing else of it.
    const named = { iss: 'https://unknown-sender.example', tenant: 'unknown-tenant', jti: 'unknown-token' };
    expect(await send(SERVICE, call, named)).toBe(401);
    const otherPatient = { ...call.prefetch, patient: { resourceType: 'Patient', id: MARKER } };
    expect(await send(SERVICE, { ...call, prefetch: otherPatient })).toBe(400);
    const failed = {
      resourceType: 'OperationOutcome',
      issue: [{ severity: 'error', code: 'exception', diagnostics: MARKER }],
    };
    expect(await send(SERVICE, { ...call, prefetch: { ...call.prefetch, patient: failed } })).toBe(412);

    // The FHIR server's answer breaks off in the middle of a name; then it may not be called at all.
    const fetching = fetchingCall(fhir.base);
    const secret = { ...fetching.fhirAuthorization, access_token: MARKER, subject: MARKER, scope: MARKER };
    expect(await send(SERVICE, { ...fetching, fhirAuthorization: secret })).toBe(412);
    const elsewhere = { ...fetching, fhirServer: `http://127.0.0.1:9/${MARKER}`, fhirAuthorization: secret };
    expect(await send(SERVICE, elsewhere)).toBe(412);
    expect(await send(SERVICE, { ...elsewhere, prefetch: { patient: call.prefetch!['patient'] } })).toBe(200);

    // Odd texts after every value, the resource types and codes among them: whatever the answer, it is none of 5xx.
    const odd = { ...call, prefetch: marked(call.prefetch, (value) => `${value}${MARKER}`) };
    expect(await send(SERVICE, odd)).toBeLessThan(500);

    const metrics = await get(`${service.url}/metrics`);
    service.process.kill('SIGTERM');
    expect(await service.ended).toBe(0);
    expect(refusals.length).toBeGreaterThan(15);
    expect(service.out()).toContain('"msg":"answered"');
    expect(service.out()).toContain('"status":412');
    expect(service.out()).toContain('"cause":"server-not-allowed"');
    for (const value of Object.values(named)) expect(service.out()).toContain(value);
    expect(metrics.text).toContain('imsr_cds_calls_total');
    for (const said of [service.out(), service.err(), metrics.text, ...refusals]) {
      expect(said.toLowerCase()).not.toContain(MARKER.toLowerCase());
    }
  });
});
