import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Loopback, loopback } from '../loopback.js';
import { placesIn, type Step, withAt } from '../records/json-places.js';
import { type ComposedService, composeForTest } from './composed-service.js';
import { bareCall, fullCall, type ServiceId } from './synthetic-call.js';

const PATIENT = 'all-met';
const DAY = { 'nl.imsr-cds.asOf': '2026-12-01' };

/** What JSON can hold and a program stumbles over, as it is written. */
const ODD: Readonly<Record<string, string>> = {
  'what cannot be made into text': '{"toString":null,"valueOf":null}',
  'a list of that': '[{"toString":null}]',
  'half a surrogate pair': '"\\ud800x"',
  'a number without end': '1e400',
  'minus zero': '-0',
  'a name of prototypes': '"__proto__"',
  'keys of objects': '{"hasOwnProperty":1,"then":1,"toJSON":"x","length":3}',
  'a key that stands twice': '{"a":1,"a":{"b":2}}',
  'a key that changes prototypes': '{"__proto__":{"resourceType":"Patient"}}',
  'a list three hundred deep': '['.repeat(300) + ']'.repeat(300),
  'sixty thousand letters': `"${'x'.repeat(60_000)}"`,
};
const EVERY = Object.entries(ODD);

/** Each place of a JSON value, one for all elements of a list. */
function kindsOfPlaces(whole: unknown): readonly (readonly Step[])[] {
  const places = new Map<string, readonly Step[]>();
  for (const path of placesIn(whole)) {
    const place = path.map((step) => (typeof step === 'number' ? '*' : step)).join('.');
    if (!places.has(place)) places.set(place, path);
  }
  return [...places.values()];
}

const MARK = '@@';

/** The value as JSON, with this text in one place. */
function written(value: unknown, path: readonly Step[], json: string): string {
  return JSON.stringify(withAt(value, path, MARK)).replace(`"${MARK}"`, () => json);
}

let service: ComposedService;
let fhirServer: Loopback;
let base: string;
let answers: Readonly<Record<string, string>> = {};

beforeAll(async () => {
  fhirServer = await loopback((request, response) => {
    const [, type = ''] = /^\/fhir\/([A-Za-z]+)/.exec(request.url ?? '') ?? [];
    const nothing = '{"resourceType":"Bundle","type":"searchset","total":0}';
    response.writeHead(200, { 'content-type': 'application/fhir+json' }).end(answers[type] ?? nothing);
  });
  base = `${fhirServer.url}/fhir`;
  service = await composeForTest({ DEV_FHIR_SERVERS: base });
}, 60_000);
afterAll(async () => {
  await service.close();
  await fhirServer.close();
});

async function send(url: string, payload: string): Promise<{ readonly status: number; readonly body: unknown }> {
  const headers = { 'content-type': 'application/json' };
  const response = await service.app.inject({ method: 'POST', url, headers, payload });
  return { status: response.statusCode, body: response.json() };
}

/** A call with something in every member that CDS Hooks has. */
function wholeCall(id: ServiceId): Record<string, unknown> {
  const call = fullCall(id, PATIENT);
  const [entry] = (call.context['draftOrders'] as { entry: Record<string, object>[] } | undefined)?.entry ?? [];
  if (entry !== undefined) {
    entry['fullUrl'] = 'urn:uuid:3f6c2e1a-1111-4222-8333-444455556666' as unknown as object;
    entry['resource'] = {
      ...entry['resource'],
      contained: [{ resourceType: 'Condition', id: 'c', code: { text: 'x' } }],
      reasonReference: [{ reference: '#c' }],
      basedOn: [{ reference: 'ServiceRequest/x' }],
      requester: { reference: 'Practitioner/x' },
      performerType: { coding: [{ system: 'urn:x', code: 'x' }] },
      supportingInfo: [{ reference: 'Procedure/x' }],
      note: [{ time: '2026-11-01', text: 'x' }],
      authoredOn: '2026-11-03',
      meta: { lastUpdated: '2026-11-03T10:00:00Z', versionId: '1', tag: [{ code: 'x' }] },
    };
  }
  const fhirAuthorization = {
    access_token: 'token',
    token_type: 'Bearer',
    expires_in: 300,
    scope: 'patient/*.read',
    subject: 'imsr-cds',
    patient: PATIENT,
  };
  const authorized = { fhirServer: 'https://elsewhere.example/fhir', fhirAuthorization };
  return { ...call, ...authorized, context: { ...call.context, encounterId: 'e' }, extension: DAY };
}

/** Of all answers those that are no answer of a service that works. */
function failed(answered: readonly (readonly [what: string, status: number])[]): readonly string[] {
  return answered.filter(([, status]) => status >= 500).map(([what, status]) => `${what}: ${status}`);
}

describe('whatever stands in a place of JSON, the service answers', () => {
  it.each(['imsr-referral-select', 'imsr-indication', 'imsr-overview'] as const)(
    'a call of %s',
    async (id) => {
      const call = wholeCall(id);
      const answered: [string, number][] = [];
      // Around the resources each of these, and within them the first and some of the others in turn.
      for (const path of kindsOfPlaces(call))
        for (const [what, json] of path.length < 5
          ? EVERY
          : [EVERY[0]!, EVERY[1 + (answered.length % (EVERY.length - 1))]!]) {
          const { status } = await send(`/cds-services/${id}`, written(call, path, json));
          answered.push([`${path.join('.')}, ${what}`, status]);
        }
      expect(answered.length).toBeGreaterThan(400);
      expect(answered.some(([, status]) => status === 200)).toBe(true);
      expect(failed(answered)).toEqual([]);
    },
    120_000,
  );

  it('feedback', async () => {
    const [card] = await service.cards('imsr-indication', { ...fullCall('imsr-indication', PATIENT), extension: DAY });
    const outcomeTimestamp = '2026-11-03T10:00:00Z';
    const reason = { system: 'urn:x', code: 'x', display: 'x' };
    const feedback = [
      { card: card!.uuid, outcome: 'overridden', outcomeTimestamp, overrideReason: { reason, userComment: 'x' } },
      { card: card!.uuid, outcome: 'accepted', outcomeTimestamp, acceptedSuggestions: [{ id: 'x' }], extension: {} },
    ];
    const answered: [string, number][] = [];
    for (const path of kindsOfPlaces({ feedback }))
      for (const [what, json] of EVERY) {
        const { status } = await send('/cds-services/imsr-indication/feedback', written({ feedback }, path, json));
        answered.push([`${path.join('.')}, ${what}`, status]);
      }
    expect(failed(answered)).toEqual([]);
    expect(new Set(answered.map(([, status]) => status))).toEqual(new Set([200, 400, 404]));
  });

  it('what a FHIR server gives; and none of it makes a no', async () => {
    const { prefetch } = fullCall('imsr-indication', PATIENT);
    const bundles = Object.values(prefetch!) as { entry?: { resource: { resourceType: string } }[] }[];
    const whole = Object.fromEntries(
      bundles.flatMap((bundle) => {
        const type = bundle.entry === undefined ? 'Patient' : bundle.entry[0]?.resource.resourceType;
        return type === undefined ? [] : [[type, bundle]];
      }),
    );
    const plain = Object.fromEntries(Object.entries(whole).map(([type, bundle]) => [type, JSON.stringify(bundle)]));
    const call = JSON.stringify({ ...bareCall('imsr-indication', PATIENT), extension: DAY, fhirServer: base });
    const answered: [string, number][] = [];
    const noes: string[] = [];
    for (const [type, bundle] of Object.entries(whole))
      for (const path of kindsOfPlaces(bundle)) {
        const [what, json] = EVERY[answered.length % EVERY.length]!;
        answers = { ...plain, [type]: written(bundle, path, json) };
        const { status, body } = await send('/cds-services/imsr-indication', call);
        const place = `${type}.${path.join('.')}, ${what}`;
        answered.push([place, status]);
        if (JSON.stringify(body).includes('"outcome":"not-met"')) noes.push(place);
      }
    expect(answered.length).toBeGreaterThan(100);
    expect(answered.some(([, status]) => status === 200)).toBe(true);
    expect(failed(answered)).toEqual([]);
    expect(noes).toEqual([]);
  }, 60_000);
});
