import { describe, expect, it } from 'vitest';
import { emptyPlaces } from '../empty-places.js';
import { json } from '../record/scripted-fhir-server.js';
import { useServiceBesideFhirServer } from './beside-fhir-server.js';
import { draftOf, fullCall, type HookCall } from './synthetic-call.js';

const PATIENT = 'all-met';
const OUTCOME = { resourceType: 'OperationOutcome', issue: [{ severity: 'error', code: 'timeout' }] };
const NEXT = [{ relation: 'next', url: 'https://ehr.example/fhir/ServiceRequest?page=2' }];
const ORDER = { ...draftOf(PATIENT, 'imsr-treatment'), status: 'active' };
const OTHER = { ...ORDER, id: 'x-ray', code: { coding: [{ system: 'http://snomed.info/sct', code: '168537006' }] } };
const bundle = (resources: readonly object[], more: object = {}) => ({
  ...{ resourceType: 'Bundle', type: 'searchset', entry: resources.map((resource) => ({ resource })) },
  ...more,
});

describe('a chart of which the orders could not be had', () => {
  const running = useServiceBesideFhirServer();

  async function opened(serviceRequests: unknown, more: object = {}) {
    const call: HookCall = { ...fullCall('imsr-overview', PATIENT), ...more };
    if (serviceRequests === undefined) delete call.prefetch!['serviceRequests'];
    else call.prefetch!['serviceRequests'] = serviceRequests;
    return running.service.answer('imsr-overview', { ...call, extension: { 'nl.imsr-cds.asOf': '2026-12-01' } });
  }

  it.each<[string, unknown, string]>([
    ['an OperationOutcome', OUTCOME, 'operation-outcome'],
    ['not sent, and no server to ask', undefined, 'no-fhir-server'],
    ['a text', 'none', 'not-a-resource'],
    ['an empty first page', bundle([], { link: NEXT }), 'no-fhir-server'],
    ['an empty last page', bundle([], { link: [{ ...NEXT[0], relation: 'previous' }] }), 'earlier-page'],
    ['a first page with other orders alone', bundle([OTHER], { link: NEXT }), 'no-fhir-server'],
    ['fewer than the server counts', bundle([OTHER], { total: 2 }), 'total-larger'],
    ['other orders and a failure', bundle([OTHER, OUTCOME]), 'operation-outcome'],
    ['other orders and one that cannot be read', { ...bundle([OTHER]), entry: [{ resource: OTHER }, null] }, 'entry'],
    ['one order where all were asked', OTHER, 'not-a-bundle'],
    ['two copies of one that differ', bundle([OTHER, ORDER, { ...ORDER, status: 'completed' }]), 'unreadable'],
  ])('[rows 48, 52, 53, 71] 412, not "no cards": %s', async (_, orders, cause) => {
    const { status, text } = await opened(orders);
    expect(status, text).toBe(412);
    expect(JSON.parse(text)).toMatchObject({
      resourceType: 'OperationOutcome',
      issue: [{ details: { coding: [{ code: 'RECORD_UNAVAILABLE' }] } }],
    });
    expect(text).toContain('serviceRequests');
    expect(text).toContain(cause);
    expect(text).not.toContain(OTHER.id);
    expect(emptyPlaces(JSON.parse(text))).toEqual([]);
  });

  it('[rows 48, 64] 412: a server that answers with an error', async () => {
    running.fhir.on(`ServiceRequest?patient=${PATIENT}`, json(OUTCOME, 500));
    const { status, text } = await opened(undefined, { fhirServer: running.fhir.base });
    expect([status, text.includes('http-500')], text).toEqual([412, true]);
  });

  it.each<[string, unknown]>([
    ['a first page', bundle([OTHER, ORDER], { link: NEXT })],
    ['an answer with a failure in it', bundle([ORDER, OUTCOME])],
    ['one order where all were asked', ORDER],
    ['two copies of another one that differ', bundle([OTHER, ORDER, { ...OTHER, status: 'completed' }])],
  ])('the card comes of an order that was had: %s', async (_, orders) => {
    const { status, body, text } = await opened(orders);
    expect(status, text).toBe(200);
    expect(body.cards.length).toBeGreaterThan(0);
  });

  it.each<[string, unknown]>([
    ['none', null],
    ['an empty Bundle', bundle([])],
    ['others', bundle([OTHER, { ...ORDER, status: 'completed' }])],
  ])('[rows 50, 51, 69] no cards where it is known that there is no active IMSR order: %s', async (_, orders) => {
    const { status, text } = await opened(orders);
    expect([status, text]).toEqual([200, '{"cards":[]}']);
  });
});
