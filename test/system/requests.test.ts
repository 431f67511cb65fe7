import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/clock.js';
import { silentLog } from '../../src/schemas/log.js';
import type { Assessment } from '../../src/schemas/verdict.js';
import { emptyPlaces } from '../empty-places.js';
import { type ComposedService, composeForTest } from './composed-service.js';
import { createEhr, PUBLIC_URL } from './ehr.js';
import { bareCall, draftOf, fullCall, type HookCall, type ServiceId } from './synthetic-call.js';

const PATIENT = 'all-met';
const OUTCOME = { resourceType: 'OperationOutcome', issue: [{ severity: 'error', code: 'exception' }] };

let service: ComposedService;
beforeAll(async () => {
  service = await composeForTest({ CORS_ORIGINS: 'https://ehr.example', MAX_EVENT_LOOP_DELAY_MS: '0' });
}, 60_000);
afterAll(() => service.close());

/** An indication call of a day on which the synthetic chart is fresh. */
function call(id: ServiceId = 'imsr-indication', changes: Record<string, unknown> = {}): HookCall {
  return { ...fullCall(id, PATIENT), extension: { 'nl.imsr-cds.asOf': '2026-12-01' }, ...changes };
}

function withPrefetch(changes: Record<string, unknown>): HookCall {
  const whole = call();
  return { ...whole, prefetch: { ...whole.prefetch, ...changes } };
}

async function assessment(body: HookCall): Promise<Assessment> {
  const answer = await service.answer('imsr-indication', body);
  expect(answer.status, answer.text).toBe(200);
  return (answer.body.extension!['nl.imsr-cds.assessment'] as readonly Assessment[])[0]!;
}

/** Criteria that a change turned into a no. */
async function newlyNotMet(body: HookCall): Promise<readonly string[]> {
  const [before, after] = [await assessment(call()), await assessment(body)];
  const not = ({ criteria }: Assessment) => criteria.filter(({ status }) => status === 'not-met').map(({ id }) => id);
  return not(after).filter((id) => !not(before).includes(id));
}

describe('the patient, without whom there is no advice', () => {
  it.each<[string, unknown]>([
    ['is not sent', undefined],
    ['could not be had', OUTCOME],
    ['is another resource', { resourceType: 'Practitioner', id: PATIENT }],
    ['is a text', 'Patient/all-met'],
  ])(
    '[rows 48, 52, 71] when it %s the answer is 412, with an OperationOutcome that names the key',
    async (_, patient) => {
      const body = withPrefetch({ patient });
      const { status, text } = await service.answer('imsr-indication', JSON.parse(JSON.stringify(body)));
      expect(status, text).toBe(412);
      expect(JSON.parse(text)).toMatchObject({ resourceType: 'OperationOutcome' });
      expect(text).toContain('patient');
      expect(emptyPlaces(JSON.parse(text))).toEqual([]);
    },
  );

  it('[row 50] a null patient is an answer too: unknown for want of a birth date, never a no', async () => {
    const answered = await assessment(withPrefetch({ patient: null }));
    expect(answered.outcome).toBe('unknown');
    expect(answered.criteria.find(({ id }) => id === 'adult')).toMatchObject({ status: 'unknown' });
    expect(await newlyNotMet(withPrefetch({ patient: null }))).toEqual([]);
  });

  it('[row 69] no IMSR order: no cards, and the patient is not needed', async () => {
    const body = bareCall('imsr-indication', PATIENT);
    body.context['draftOrders'] = {
      resourceType: 'Bundle',
      entry: [{ resource: { resourceType: 'MedicationRequest', id: 'm', status: 'draft', intent: 'order' } }],
    };
    expect((await service.answer('imsr-indication', body)).text).toBe('{"cards":[]}');
  });
});

describe('a key of the record that is not a list of resources', () => {
  const KEYS = ['conditions', 'procedures', 'encounters', 'questionnaireResponses', 'observations', 'serviceRequests'];
  const shapes: readonly (readonly [string, unknown])[] = [
    ['an OperationOutcome', OUTCOME],
    ['a text', 'none'],
    ['a number', 7],
    ['a list', [1, null]],
    ['entries without resources', { resourceType: 'Bundle', type: 'searchset', entry: [null, {}, { resource: null }] }],
    ['a Bundle whose entry is no list', { resourceType: 'Bundle', type: 'searchset', entry: {} }],
    [
      'a first page',
      {
        resourceType: 'Bundle',
        type: 'searchset',
        link: [{ relation: 'next', url: 'https://ehr.example/fhir?page=2' }],
      },
    ],
    [
      'an outcome among entries',
      { resourceType: 'Bundle', type: 'searchset', entry: [{ resource: OUTCOME, search: { mode: 'outcome' } }] },
    ],
  ];
  it.each(shapes)('[rows 52-54] %s turns nothing into a no, whichever key it is', async (_, shape) => {
    for (const key of KEYS) expect(await newlyNotMet(withPrefetch({ [key]: shape })), key).toEqual([]);
  });

  it('[rows 49, 50, 55] a key that is absent is unknown, and one that is null is an answer: neither stops the advice', async () => {
    const { conditions: _conditions, ...without } = call().prefetch!;
    const absent = await assessment({ ...call(), prefetch: without });
    const pain = absent.criteria.find(({ id }) => id === 'musculoskeletal-pain');
    expect(pain).toMatchObject({ status: 'unknown' });
    expect((await service.answer('imsr-indication', withPrefetch({ conditions: null }))).status).toBe(200);
  });
});

describe('what a call may hold beside what is asked', () => {
  it('[row 42] the day that it names is that of the clock where clients are registered, also in development mode', async () => {
    const ehr = await createEhr('hospital', 'ES384', 'https://fhir.example/r4');
    const files = () => JSON.stringify({ clients: [ehr.entry] });
    const registered = await composeForTest(
      { CLIENTS_FILE: 'clients.json', PUBLIC_URLS: PUBLIC_URL },
      silentLog,
      files,
    );
    try {
      const endpoint = '/cds-services/imsr-indication';
      const response = await registered.app.inject({
        method: 'POST',
        url: endpoint,
        headers: { authorization: `Bearer ${await ehr.token(endpoint)}`, 'content-type': 'application/json' },
        payload: JSON.stringify(call('imsr-indication', { extension: { 'nl.imsr-cds.asOf': '2031-01-01' } })),
      });
      const { extension } = response.json<{ extension: Record<string, readonly Assessment[]> }>();
      expect(extension['nl.imsr-cds.assessment']![0]!.asOf).toBe(systemClock.today());
    } finally {
      await registered.close();
    }
  });

  it('[rows 42, 43, 151] unknown fields, extensions and keys change nothing', async () => {
    const plain = await assessment(call());
    const context = { ...call().context, encounterId: 'e-1', unknown: { deep: [1] } };
    const extension = { 'nl.imsr-cds.asOf': '2026-12-01', 'com.ehr.example': { anything: true } };
    const more = call('imsr-indication', { context, extension, unknown: 1 });
    expect(await assessment({ ...more, prefetch: { ...more.prefetch, notAsked: { resourceType: 'Bundle' } } })).toEqual(
      plain,
    );
  });

  it.each<[string, unknown]>([
    ['an empty list', []],
    ['another order', ['ServiceRequest/other']],
    ['a text', 'ServiceRequest/other'],
    ['a number', 5],
    ['null', null],
  ])('[rows 42, 44, 155] order-sign knows no selections: %s changes nothing', async (_, selections) => {
    const plain = await assessment(call());
    expect(await assessment(call('imsr-indication', { context: { ...call().context, selections } }))).toEqual(plain);
  });

  it.each<[string, unknown]>([
    [
      'with another draft',
      { resourceType: 'Bundle', entry: [{ resource: { resourceType: 'ServiceRequest', id: 'x' } }] },
    ],
    ['without a list', { entry: 5 }],
    ['that is a text', 'Bundle'],
  ])('[rows 42, 44] patient-view knows no draft orders: a Bundle %s changes nothing', async (_, draftOrders) => {
    const body = call('imsr-overview');
    const order = { ...draftOf(PATIENT, 'imsr-treatment'), status: 'active' };
    body.prefetch!['serviceRequests'] = { resourceType: 'Bundle', type: 'searchset', entry: [{ resource: order }] };
    const plain = await service.answer('imsr-overview', body);
    const { status, body: answer } = await service.answer('imsr-overview', {
      ...body,
      context: { ...body.context, draftOrders },
    });
    expect(status).toBe(200);
    expect(plain.body.cards.length).toBeGreaterThan(0);
    expect(answer.cards.map(({ summary }) => summary)).toEqual(plain.body.cards.map(({ summary }) => summary));
    const link = answer.cards.flatMap(({ links }) => links ?? []).find(({ url }) => url.includes('/report/'));
    const { pathname, search } = new URL(link!.url);
    expect((await service.app.inject({ url: `${pathname}${search}` })).statusCode).toBe(200);
  });

  it.each(['extension', 'contained'])(
    '[rows 44, 54] a draft with a bottomless %s is the fault of who sent it',
    async (at) => {
      const body = call();
      const draft = { ...draftOf(PATIENT, 'imsr-treatment'), [at]: 'DEEP' };
      body.context['draftOrders'] = { resourceType: 'Bundle', entry: [{ resource: draft }] };
      const deep = `${'[{"extension":'.repeat(10_000)}[]${'}]'.repeat(10_000)}`;
      const { statusCode, body: answer } = await service.app.inject({
        method: 'POST',
        url: '/cds-services/imsr-indication',
        headers: { 'content-type': 'application/json' },
        payload: JSON.stringify(body).replace('"DEEP"', deep),
      });
      expect(statusCode, answer.slice(0, 500)).toBe(400);
      expect(JSON.parse(answer)).toMatchObject({ resourceType: 'OperationOutcome' });
    },
  );

  it('[rows 155, 160] a draft may lack an id, a draft may be re-signed, the Bundle may lack its type', async () => {
    const { id: _id, ...nameless } = draftOf(PATIENT, 'imsr-treatment');
    for (const resource of [nameless, { ...draftOf(PATIENT, 'imsr-treatment'), status: 'active' }]) {
      const body = call();
      body.context['draftOrders'] = { resourceType: 'Bundle', entry: [{ resource }, {}] };
      expect((await service.answer('imsr-indication', body)).status).toBe(200);
    }
  });

  it('[row 154] order-select speaks about the selected order only', async () => {
    const body = call('imsr-referral-select');
    const draft = draftOf(PATIENT, 'imsr-referral');
    body.context['draftOrders'] = {
      resourceType: 'Bundle',
      entry: [{ resource: draft }, { resource: { ...draft, id: 'other' } }],
    };
    body.context['selections'] = ['ServiceRequest/other'];
    const { body: answer } = await service.answer('imsr-referral-select', body);
    const assessments = answer.extension!['nl.imsr-cds.assessment'] as readonly Assessment[];
    expect(assessments.map(({ order }) => order)).toEqual(['ServiceRequest/other']);
  });

  it('is answered about 50 orders, and refused about 51', async () => {
    const draft = draftOf(PATIENT, 'imsr-treatment');
    const about = async (count: number, others: number) => {
      const body = call();
      const orders = Array.from({ length: count }, (_, number) => ({ ...draft, id: `d${number}` }));
      const medication = { resourceType: 'MedicationRequest', status: 'draft', intent: 'order' };
      const entry = [...orders, ...Array.from({ length: others }, () => medication)].map((resource) => ({ resource }));
      body.context['draftOrders'] = { resourceType: 'Bundle', entry };
      return service.answer('imsr-indication', body);
    };
    const { status, body } = await about(50, 10);
    expect(status).toBe(200);
    expect(body.extension!['nl.imsr-cds.assessment']).toHaveLength(50);
    const refused = await about(51, 0);
    expect(refused.status).toBe(400);
    expect(JSON.parse(refused.text)).toMatchObject({
      resourceType: 'OperationOutcome',
      issue: [{ code: 'invalid', details: { text: 'No more than 50 orders are answered in one call.' } }],
    });
  });

  it('is refused about 51 active orders of the chart', async () => {
    const order = { ...draftOf(PATIENT, 'imsr-treatment'), status: 'active' };
    const chart = async (count: number) => {
      const body = call('imsr-overview');
      const entry = Array.from({ length: count }, (_, number) => ({ resource: { ...order, id: `a${number}` } }));
      body.prefetch!['serviceRequests'] = { resourceType: 'Bundle', type: 'searchset', entry };
      return (await service.answer('imsr-overview', body)).status;
    };
    expect(await chart(50)).toBe(200);
    expect(await chart(51)).toBe(400);
  });

  it('[rows 56, 57] an order in the record under the id of the draft does not stand in for the draft', async () => {
    const older = { ...draftOf(PATIENT, 'imsr-treatment'), status: 'completed', code: { text: 'Another order' } };
    const serviceRequests = { resourceType: 'Bundle', type: 'searchset', entry: [{ resource: older }] };
    const { order, criteria } = await assessment(withPrefetch({ serviceRequests }));
    expect(order).toBe(`ServiceRequest/${older.id}`);
    expect(criteria.find(({ id }) => id === 'musculoskeletal-pain')).toMatchObject({ status: 'met' });
  });

  it.each<ServiceId>(['imsr-referral', 'imsr-referral-select'])(
    'sessions on an order of IMSR are no first line at %s, as the orders of the chart tell',
    async (id) => {
      const body = call(id);
      const procedures = body.prefetch!['procedures'] as { entry: { resource: Record<string, unknown> }[] };
      for (const { resource } of procedures.entry) resource['basedOn'] = [{ reference: 'ServiceRequest/earlier' }];
      const order = { ...draftOf(PATIENT, 'imsr-treatment'), id: 'earlier', status: 'completed' };
      const physical = async (entry: readonly object[]) => {
        const serviceRequests = { resourceType: 'Bundle', type: 'searchset', entry };
        const { body: answer } = await service.answer(id, { ...body, prefetch: { ...body.prefetch, serviceRequests } });
        const [assessed] = answer.extension!['nl.imsr-cds.assessment'] as readonly Assessment[];
        return assessed!.criteria.find((criterion) => criterion.id === 'first-line-physical')!;
      };
      const sources = ({ evidence }: Awaited<ReturnType<typeof physical>>) =>
        evidence.map(({ reference }) => reference.split('/')[0]);
      expect(sources(await physical([]))).toContain('Procedure');
      expect(sources(await physical([{ resource: order }]))).not.toContain('Procedure');
    },
  );

  it.each(['user/Patient.read patient/*.read', 'patient/Patient.rs', 'anything at all', ''])(
    '[row 63] scopes are the client’s business: %j',
    async (scope) => {
      const token = { access_token: 'synthetic', token_type: 'Bearer', expires_in: 300, scope, subject: 'imsr-cds' };
      const more = { fhirServer: 'https://ehr.example/fhir', fhirAuthorization: token };
      expect((await service.answer('imsr-indication', call('imsr-indication', more))).status).toBe(200);
    },
  );

  it('[row 45] a body of several megabytes is read', async () => {
    const body = call();
    const procedures = body.prefetch!['procedures'] as { entry: { resource: object }[] };
    const filler = { note: [{ text: 'x'.repeat(5_000_000) }] };
    const [first, ...rest] = procedures.entry;
    const large = { ...procedures, entry: [{ resource: { ...first!.resource, ...filler } }, ...rest] };
    expect(await assessment({ ...body, prefetch: { ...body.prefetch, procedures: large } })).toEqual(
      await assessment(call()),
    );
  });
});

describe('the public CDS Hooks Sandbox as a client', () => {
  it.each<[string, object]>([
    ['a first draft with an empty coding', { code: { coding: [{}] } }],
    ['a draft of intent plan', { intent: 'plan' }],
    ['a draft without a code', { code: undefined }],
    ['a draft without a status', { status: undefined }],
  ])('[rows 158-160] %s gets an answer, not an error', async (_, change) => {
    const body = call('imsr-referral');
    body.context['draftOrders'] = {
      resourceType: 'Bundle',
      entry: [{ resource: { ...draftOf(PATIENT, 'imsr-referral'), ...change } }],
    };
    const { status, text } = await service.answer('imsr-referral', JSON.parse(JSON.stringify(body)));
    expect(status, text).toBe(200);
  });

  it('[row 34] order-sign at a service of order-select is 400, and says which hook it answers', async () => {
    const { status, text } = await service.answer('imsr-referral-select', call('imsr-referral'));
    expect(status).toBe(400);
    expect(text).toContain('order-select');
  });
});

describe('errors', () => {
  it.each<[string, string, string, number]>([
    ['broken JSON', '/cds-services/imsr-referral', '{"hook":', 400],
    ['a service that is not there', '/cds-services/none', '{}', 404],
    ['a body of the wrong form', '/cds-services/imsr-referral', '[]', 400],
    ['feedback of the wrong form', '/cds-services/imsr-referral/feedback', '{"card":"x"}', 400],
  ])('[rows 1, 44, 71, 147] %s: JSON, CORS, and no trace', async (_, url, payload, status) => {
    const headers = { 'content-type': 'application/json', origin: 'https://ehr.example' };
    const answer = await service.app.inject({ method: 'POST', url, headers, payload });
    expect(answer.statusCode).toBe(status);
    expect(answer.json()).toMatchObject({ resourceType: 'OperationOutcome' });
    expect(emptyPlaces(answer.json())).toEqual([]);
    expect(answer.headers['access-control-allow-origin']).toBe('https://ehr.example');
    expect(answer.body).not.toMatch(/\bat .*:\d+|node_modules|\/src\//);
  });
});
