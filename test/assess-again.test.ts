import type { Bundle } from 'fhir/r4.js';
import { describe, expect, it } from 'vitest';
import type { Assessed } from '../src/assess.js';
import { withoutToken } from '../src/assess-again.js';
import { fixedClock } from '../src/clock.js';
import { openConnections } from '../src/record/connections.js';
import { ROAD_PARTS } from './road-parts.js';
import { createRoad, type RenderRequest, type RoadCall } from '../src/road.js';
import type { HookRequest } from '../src/schemas/hook-request.js';
import { silentLog } from '../src/schemas/log.js';
import { hookRequestOf } from './records/hook-request-of.js';
import { knowledge } from './report/kit.js';
import { bundleOf, patients } from './records/sandbox-bundle.js';

interface Seen {
  readonly assessed: Assessed;
  readonly again: RenderRequest['again'];
}

/** What the road hands to the cards for one call. */
async function seenOf(
  service: string,
  request: HookRequest,
  asOf: string,
  bodyText?: string,
  fhirServers: readonly string[] = [],
): Promise<readonly Seen[]> {
  const seen: Seen[] = [];
  const road = createRoad({
    ...ROAD_PARTS,
    knowledge,
    render: (assessed, { again }) => (seen.push({ assessed, again }), []),
    connections: openConnections(),
    clock: fixedClock(`${asOf}T10:00:00Z`),
  });
  const client = { id: 'test', anonymous: false, fhirServers, privateAddressesAllowed: false };
  const { signal } = new AbortController();
  const call = { service: { id: service }, request, client, language: 'nl', signal, log: silentLog };
  await road({ ...call, ...(bodyText === undefined ? {} : { bodyText }) } as unknown as RoadCall);
  return seen;
}

/** @param orders in place of the draft of the patient */
function callFor(id: string, serviceId: string, orders?: readonly object[]): HookRequest {
  const { entry, ...bundle } = bundleOf(id);
  const record = orders === undefined ? entry : entry.filter(({ resource }) => resource['status'] !== 'draft');
  return hookRequestOf(
    { ...bundle, entry: [...record, ...(orders ?? []).map((resource) => ({ resource }))] } as unknown as Bundle,
    knowledge.services.find((each) => each.id === serviceId)!,
  );
}

describe('an order assessed again from the text of its call', () => {
  it.each(patients)('is assessed as it was: $id', async ({ id, service, asOf }) => {
    const text = JSON.stringify(callFor(id, service));
    const seen = await seenOf(service, JSON.parse(text) as HookRequest, asOf, text);
    expect(seen.length).toBeGreaterThan(0);
    for (const { assessed, again } of seen) {
      const { record, ...repeated } = await again!.assess(again!.text);
      const { record: first, ...told } = assessed;
      expect(repeated).toEqual(told);
      expect(record.resources).toEqual(first.resources);
      expect(record.keys).toEqual(first.keys);
    }
  });

  it.each([
    ['active orders without an id', 'imsr-overview', { status: 'active', id: undefined }, 'ServiceRequest'],
    ['drafts of one id', 'imsr-indication', { id: 'twice' }, 'ServiceRequest/twice'],
  ])('is about the right one of two %s', async (_title, service, more, name) => {
    const [draft] = bundleOf('all-met').entry.filter(({ resource }) => resource['status'] === 'draft');
    const two = ['2026-11-20', '2026-11-21'].map((authoredOn) => ({ ...draft!.resource, authoredOn, ...more }));
    const request = callFor('all-met', service, two);
    const seen = await seenOf(service, request, '2026-12-01', JSON.stringify(request));
    expect(seen.map(({ assessed }) => assessed.assessment.order)).toEqual([name, name]);
    for (const { assessed, again } of seen) expect((await again!.assess(again!.text)).order).toEqual(assessed.order);
  });

  it('is not offered where there is no text, so that what was read stays', async () => {
    const [patient] = patients;
    const [seen] = await seenOf(patient!.service, callFor(patient!.id, patient!.service), patient!.asOf);
    expect(seen!.again).toBeUndefined();
  });

  it.each(['secret-token', '\\secret"token'])('never holds the access token %s, however it was written', (token) => {
    const request = { ...callFor(patients[0]!.id, patients[0]!.service), ...authorizedWith(token) };
    const asRead = JSON.stringify(request);
    for (const bodyText of [asRead, asRead.replace('secret', '\\u0073ecret')]) {
      const text = withoutToken({ request, bodyText });
      expect(text).not.toContain('secret');
      const { fhirAuthorization } = request;
      expect(JSON.parse(text!)).toEqual({
        ...request,
        fhirAuthorization: { ...fhirAuthorization, access_token: '(withheld)' },
      });
    }
  });

  it('is the text as it came where there is no token', () => {
    const request = callFor(patients[0]!.id, patients[0]!.service);
    const bodyText = JSON.stringify(request, undefined, 1);
    expect(withoutToken({ request, bodyText })).toBe(bodyText);
  });

  it.each([
    ['completed', {}],
    ['2026', {}],
    ['e', {}],
    ['Patient', {}],
    ['entry', {}],
    ['(withheld)', {}],
    ['secret-token', { extension: { copied: 'Bearer secret-token' } }],
    ['\\secret"token', { extension: { copied: '\\secret"token' } }],
  ])('is not offered where the token %s stands in the call elsewhere too', (token, more) => {
    const request = { ...callFor(patients[0]!.id, patients[0]!.service), ...authorizedWith(token), ...more };
    expect(withoutToken({ request, bodyText: JSON.stringify(request) })).toBeUndefined();
  });

  it('is not offered where the call lies deeper than can be written', () => {
    const deep = JSON.parse('['.repeat(50_000) + ']'.repeat(50_000)) as unknown;
    const request = { ...authorizedWith('secret-token'), extension: { deep } } as unknown as HookRequest;
    expect(withoutToken({ request, bodyText: 'what was read' })).toBeUndefined();
  });

  it.each([
    ['a word of the record, on a server that is not called', 'completed'],
    ['of a form that none can have, where a key was not gathered', '{secret}'],
    ['an ordinary one', 'secret-token'],
  ])('leaves the assessment as it was, with a token that is %s', async (_title, token) => {
    const { id, service, asOf } = patients[0]!;
    const { prefetch, ...call } = callFor(id, service);
    const left = Object.fromEntries(Object.entries(prefetch!).filter(([key]) => key !== 'conditions'));
    const request = {
      ...call,
      prefetch: token.startsWith('{') ? left : prefetch!,
      fhirServer: 'https://ehr.example/fhir',
      ...authorizedWith(token),
    };
    const seen = await seenOf(service, request, asOf, JSON.stringify(request), ['https://ehr.example/fhir']);
    expect(seen.length).toBeGreaterThan(0);
    for (const { assessed, again } of seen) {
      if (again === undefined) continue;
      const { record, ...repeated } = await again.assess(again.text);
      const { record: first, ...told } = assessed;
      expect(repeated).toEqual(told);
      expect(record.resources).toEqual(first.resources);
      expect(record.keys).toEqual(first.keys);
    }
    expect(seen.every(({ again }) => again === undefined)).toBe(token === 'completed');
  });
});

function authorizedWith(token: string) {
  return {
    fhirAuthorization: {
      access_token: token,
      token_type: 'Bearer' as const,
      expires_in: 300,
      scope: '',
      subject: 's',
    },
  };
}
