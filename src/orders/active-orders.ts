import type { GatheredRecord } from '../schemas/record.js';
import { referenceTo } from '../schemas/resource.js';
import type { Draft } from './drafts.js';
import type { OrderQuestions } from './order-questions.js';

/**
 * The active orders in a chart that a service speaks to. Where treatment has been ordered, the referrals it goes back
 * to are part of that story and not told twice.
 */
export function activeOrders(record: GatheredRecord, questions: OrderQuestions): readonly Draft[] {
  const active = record
    .byType('ServiceRequest')
    .filter((order) => order['status'] === 'active' && questions.fires(order, record));
  const treatments = active.filter((order) => !questions.isReferral(order, record));
  return (treatments.length > 0 ? treatments : active)
    .map((order) => ({ order, reference: referenceTo(order) ?? 'ServiceRequest' }))
    .sort((a, b) => (a.reference < b.reference ? -1 : 1));
}
