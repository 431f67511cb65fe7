import { recordUnavailable } from '../record/record-unavailable.js';
import type { GatheredKey, GatheredRecord } from '../schemas/record.js';
import { referenceTo } from '../schemas/resource.js';
import type { Draft } from './drafts.js';
import type { OrderQuestions } from './order-questions.js';

/**
 * The active orders in a chart that a service speaks to. Where treatment has been ordered, the referrals it goes back
 * to are part of that story and not told twice.
 */
function activeOrders(record: GatheredRecord, questions: OrderQuestions): readonly Draft[] {
  const active = record
    .byType('ServiceRequest')
    .filter((order) => order['status'] === 'active' && questions.fires(order, record));
  const treatments = active.filter((order) => !questions.isReferral(order, record));
  return (treatments.length > 0 ? treatments : active)
    .map((order) => ({ order, reference: referenceTo(order) ?? 'ServiceRequest' }))
    .sort(byReference);
}

/** Orders without an id have one name, and stay in the order in which they came. */
function byReference({ reference: one }: Draft, { reference: other }: Draft): number {
  return one === other ? 0 : one < other ? -1 : 1;
}

/** Whether there is an active order in a chart, or may be one. */
export function mayHoldOrders(record: GatheredRecord, questions: OrderQuestions): boolean {
  return gapsInOrders(record).length > 0 || activeOrders(record, questions).length > 0;
}

/** The keys of orders with their gaps; also where each came whole, and of two copies of one order it cannot be told which holds. */
function gapsInOrders(record: GatheredRecord): readonly GatheredKey[] {
  const keys = record.keys.filter(({ types }) => types.includes('ServiceRequest'));
  const lacking = keys.filter(({ gap }) => gap !== undefined);
  const gap = record.gapIn('ServiceRequest');
  return lacking.length > 0 || gap === undefined ? lacking : keys.map((key) => ({ ...key, gap }));
}

/**
 * The active orders in the chart of a call. That there are none is said only of requests that came whole: one that could
 * not be had may be such an order.
 *
 * @throws RECORD_UNAVAILABLE naming keys and causes, no values
 */
export function ordersInChart(record: GatheredRecord, questions: OrderQuestions): readonly Draft[] {
  const orders = activeOrders(record, questions);
  if (orders.length > 0) return orders;
  const gaps = gapsInOrders(record);
  if (gaps.length === 0) return orders;
  throw recordUnavailable(
    'Whether there is an active order cannot be told',
    gaps.map(({ key, cause, gap }) => ({ key, cause: cause ?? gap!, expected: 'all orders of the patient' })),
  );
}
