import type { Bundle } from 'fhir/r4.js';
import { describe, expect, it } from 'vitest';
import { NO_CONNECTIONS, openConnections } from '../src/record/connections.js';
import { ROAD_PARTS } from './road-parts.js';
import { createRoad, type RoadCall } from '../src/road.js';
import { silentLog } from '../src/schemas/log.js';
import type { HookRequest } from '../src/schemas/hook-request.js';
import { startScriptedServer, json } from './record/scripted-fhir-server.js';
import { hookRequestOf } from './records/hook-request-of.js';
import { knowledge } from './report/kit.js';
import { bundleOf } from './records/sandbox-bundle.js';

const service = knowledge.services.find(({ id }) => id === 'imsr-indication')!;

/** A call that signs the same treatment so many times. */
function signing(count: number, signal = new AbortController().signal): RoadCall {
  const { context, ...request } = hookRequestOf(bundleOf('four-sessions') as unknown as Bundle, service);
  const [draft] = context.draftOrders!.entry!;
  const entry = Array.from({ length: count }, (_, number) => ({ resource: { ...draft!.resource!, id: `d${number}` } }));
  return {
    service,
    request: { ...request, context: { ...context, draftOrders: { resourceType: 'Bundle', entry } } },
    client: { id: 'test', anonymous: false, fhirServers: [], privateAddressesAllowed: false },
    language: 'nl',
    signal,
    log: silentLog,
  };
}

/** @param render is told of each order that is answered */
const roadThat = (render: () => void, connections = NO_CONNECTIONS) =>
  createRoad({
    ...ROAD_PARTS,
    knowledge,
    render: () => (render(), []),
    connections,
  });

describe('a call about several orders', () => {
  it('lets the event loop turn between them', async () => {
    let turn = 0;
    const rendered: number[] = [];
    const road = roadThat(() => rendered.push(turn));
    let next: NodeJS.Immediate;
    const count = () => {
      turn += 1;
      next = setImmediate(count);
    };
    next = setImmediate(count);
    await road(signing(5));
    clearImmediate(next);
    expect(rendered).toHaveLength(5);
    expect(new Set(rendered).size).toBe(5);
  });

  it('is not worked out any further once its caller has gone', async () => {
    const caller = new AbortController();
    let rendered = 0;
    const road = roadThat(() => {
      rendered += 1;
      if (rendered === 2) caller.abort();
    });
    await road(signing(5, caller.signal));
    expect(rendered).toBe(2);
  });
});

describe('a call that turns out to be about no order of the service', () => {
  const searchset = (...resources: readonly object[]) => ({
    resourceType: 'Bundle',
    type: 'searchset',
    entry: resources.map((resource) => ({ resource })),
  });
  const subject = { reference: 'Patient/synthetic' };
  const other = { resourceType: 'ServiceRequest', id: 's', status: 'active', subject, code: { text: 'MRI' } };
  const stroke = {
    ...{ resourceType: 'Condition', id: 'c', subject },
    code: { coding: [{ system: 'http://hl7.org/fhir/sid/icd-10-nl', code: 'I63.9' }] },
  };
  const generic = {
    ...{ resourceType: 'ServiceRequest', id: 'd', status: 'draft', intent: 'order', subject },
    code: { coding: [{ system: 'http://snomed.info/sct', code: '3457005' }] },
    performerType: { coding: [{ system: 'urn:oid:2.16.840.1.113883.2.4.6.7', code: '0327' }] },
    reasonReference: [{ reference: 'Condition/c' }],
  };

  /** Calls a service for a record of which a server has no more than it is told. @returns what was asked of the server */
  async function fetchedFor(
    id: string,
    call: { readonly prefetch: HookRequest['prefetch'] | undefined; readonly draft?: object },
    has: Readonly<Record<string, object>> = {},
  ): Promise<readonly string[]> {
    const asked = knowledge.services.find((each) => each.id === id)!;
    const server = await startScriptedServer();
    const connections = openConnections();
    for (const [path, answer] of Object.entries(has)) server.on(path, json(answer));
    const { draft, prefetch } = call;
    const draftOrders = draft === undefined ? {} : { draftOrders: { entry: [{ resource: draft }] } };
    const road = roadThat(() => undefined, connections);
    try {
      const answer = await road({
        ...signing(1),
        service: asked,
        client: { ...signing(1).client, fhirServers: [server.base], privateAddressesAllowed: true },
        request: {
          ...{ hook: asked.hook, hookInstance: 'h', fhirServer: server.base, prefetch },
          context: { patientId: 'synthetic', userId: 'Practitioner/p', ...draftOrders },
        } as HookRequest,
      });
      expect(answer).toEqual({ cards: [] });
    } finally {
      await connections.close();
      await server.close();
    }
    return server.seen.map(({ url }) => url.replace('/fhir/', ''));
  }

  it.each([
    ['has no orders', null],
    ['has other orders', searchset(other)],
  ])('fetches nothing of a chart that %s, nor needs the patient', async (_what, serviceRequests) => {
    expect(await fetchedFor('imsr-overview', { prefetch: { serviceRequests } })).toEqual([]);
  });

  it('fetches the orders of a chart alone where these did not come with the call', async () => {
    const path = 'ServiceRequest?patient=synthetic';
    expect(await fetchedFor('imsr-overview', { prefetch: undefined }, { [path]: searchset(other) })).toEqual([path]);
  });

  it('fetches nothing for a referral of which the reason came and is no pain', async () => {
    const prefetch = { conditions: searchset(stroke) };
    expect(await fetchedFor('imsr-referral', { prefetch, draft: generic })).toEqual([]);
  });

  it('reads the reason of a referral where it did not come', async () => {
    const has = { 'Patient/synthetic': { resourceType: 'Patient', id: 'synthetic' } };
    const path = 'Condition?patient=synthetic';
    const fetched = await fetchedFor(
      'imsr-referral',
      { prefetch: {}, draft: generic },
      { ...has, [path]: searchset(stroke) },
    );
    expect(fetched).toContain(path);
  });
});
