import { type Assessed, assessOrder } from '../../src/assess.js';
import type { Knowledge } from '../../src/knowledge.js';
import { collectionRecord } from '../../src/record/collection-record.js';
import { referenceTo } from '../../src/schemas/resource.js';

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
  const patient = record.byType('Patient')[0];
  return assessOrder(knowledge, {
    service,
    record,
    order,
    reference: referenceTo(order) ?? 'ServiceRequest/',
    subject: (patient && referenceTo(patient)) ?? 'Patient/',
    asOf,
  });
}
