import { describe, expect, it } from 'vitest';
import { assessFile } from '../../src/cli/assess-file.js';
import { loadKnowledge } from '../../src/knowledge.js';
import { draftOf, fullCall, type ServiceId } from '../system/synthetic-call.js';

const knowledge = loadKnowledge('hooks').value!;

async function assessed(id: ServiceId, change: object): Promise<readonly string[]> {
  const call = fullCall(id, 'all-met');
  const order = { ...draftOf('all-met', id === 'imsr-referral' ? 'imsr-referral' : 'imsr-treatment'), ...change };
  if (id === 'imsr-overview')
    call.prefetch!['serviceRequests'] = { resourceType: 'Bundle', entry: [{ resource: order }] };
  else call.context['draftOrders'] = { resourceType: 'Bundle', entry: [{ resource: order }] };
  const all = await assessFile(call, { knowledge, serviceId: id, asOf: '2026-12-01' });
  return all.map(({ assessment }) => assessment.order);
}

const ORDER = `ServiceRequest/${draftOf('all-met', 'imsr-treatment').id}`;
const SERVICES = ['imsr-referral', 'imsr-indication'] as const;

describe('an order that asks for nothing is spoken to by no service', () => {
  it.each(SERVICES)('of drafts: %s', async (id) => {
    for (const change of [{ status: 'entered-in-error' }, { status: 'revoked' }, { doNotPerform: true }])
      await expect(assessed(id, change), JSON.stringify(change)).rejects.toThrow('no order');
  });

  it('of the orders in a chart', async () => {
    await expect(assessed('imsr-overview', { status: 'active', doNotPerform: true })).rejects.toThrow('no order');
  });
});

describe('any other order is', () => {
  it.each(SERVICES)('of drafts: %s', async (id) => {
    const statuses = ['draft', 'active', 'on-hold', 'completed', 'unknown', undefined];
    for (const change of [...statuses.map((status) => ({ status })), { doNotPerform: false }])
      expect(await assessed(id, change), JSON.stringify(change)).toEqual([ORDER]);
  });

  it('of the orders in a chart', async () => {
    expect(await assessed('imsr-overview', { status: 'active', doNotPerform: false })).toEqual([ORDER]);
  });
});
