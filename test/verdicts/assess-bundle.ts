import { type Assessed, assessOrder } from '../../src/assess.js';
import type { Knowledge } from '../../src/knowledge.js';
import { collectionRecord } from '../../src/record/collection-record.js';

/** Assesses the one draft order in a bundle. */
export function assessBundle(
  knowledge: Knowledge,
  bundle: object,
  asOf: string,
  serviceId = 'imsr-indication',
): Assessed {
  const record = collectionRecord(bundle);
  const order = record.byType('ServiceRequest').find(({ status }) => status === 'draft');
  if (order === undefined) throw new Error('the bundle has no draft');
  const service = knowledge.services.find(({ id }) => id === serviceId)!;
  return assessOrder(knowledge, {
    service,
    record,
    order,
    reference: `ServiceRequest/${order.id ?? ''}`,
    subject: `Patient/${record.byType('Patient')[0]?.id ?? ''}`,
    asOf,
  });
}
