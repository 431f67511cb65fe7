import { describe, expect, it } from 'vitest';
import { loadKnowledge } from '../../src/knowledge.js';
import { ordersInChart } from '../../src/orders/active-orders.js';
import { collectionRecord } from '../../src/record/collection-record.js';

const { questions } = loadKnowledge('hooks').value!.services.find(({ id }) => id === 'imsr-overview')!;

const order = (id: string, code: 'imsr-referral' | 'imsr-treatment', status = 'active') => ({
  resourceType: 'ServiceRequest',
  id,
  status,
  intent: 'order',
  code: { coding: [{ system: 'https://imsr-cds.example/fhir/CodeSystem/imsr-order', code }] },
});

/** The orders that are answered for where a chart with these is opened. */
function asked(...orders: readonly object[]): readonly string[] {
  const entry = orders.map((resource) => ({ resource }));
  const record = collectionRecord({ resourceType: 'Bundle', type: 'collection', entry });
  return ordersInChart(record, questions).map(({ reference }) => reference);
}

describe('where a chart is opened', () => {
  it('an active referral is answered for, also where no treatment was ordered', () => {
    expect(asked(order('referral', 'imsr-referral'))).toEqual(['ServiceRequest/referral']);
  });

  it('an active order of treatment is, and the referral that it goes back to is not told beside it', () => {
    expect(asked(order('referral', 'imsr-referral'), order('treatment', 'imsr-treatment'))).toEqual([
      'ServiceRequest/treatment',
    ]);
  });

  it('a referral is, beside an order of treatment that is over', () => {
    expect(asked(order('referral', 'imsr-referral'), order('treatment', 'imsr-treatment', 'completed'))).toEqual([
      'ServiceRequest/referral',
    ]);
  });

  it.each(['draft', 'on-hold', 'revoked', 'completed', 'entered-in-error', 'unknown'])(
    'one that is %s is not',
    (status) => {
      expect(asked(order('referral', 'imsr-referral', status), order('treatment', 'imsr-treatment', status))).toEqual(
        [],
      );
    },
  );

  it('several are in the order of their names, whatever that of the record', () => {
    expect(asked(order('b', 'imsr-treatment'), order('a', 'imsr-treatment'))).toEqual([
      'ServiceRequest/a',
      'ServiceRequest/b',
    ]);
  });
});
