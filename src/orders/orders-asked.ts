import { CdsError } from '../errors.js';
import { ExpressionFailed } from '../fhirpath/expression.js';
import { indexRecord } from '../record/index-record.js';
import type { HookRequest } from '../schemas/hook-request.js';
import type { GatheredRecord } from '../schemas/record.js';
import { mayHoldOrders, ordersInChart } from './active-orders.js';
import { demandSamePatient, type Draft } from './drafts.js';
import type { CompiledService } from './order-questions.js';
import { withDrafts } from './record-with-drafts.js';

/** A service, and the drafts that are laid before it. */
export interface DraftsBefore {
  readonly service: Pick<CompiledService, 'hook' | 'questions'>;
  readonly drafts: readonly Draft[];
}

/**
 * Far more than anybody signs at once. Every order is assessed on the whole record and answered with some 30 KB, so a body
 * of a few MB could else ask for minutes of work.
 */
const MAX_ORDERS = 50;

const NOTHING_READ = indexRecord([], []);

/**
 * Whether a call may be about an order that the service speaks to; told by the call alone, so that a record is read for
 * no other. Where a patient is viewed the orders stand in the record, so there may always be one.
 *
 * @throws SUBJECT_MISMATCH when a draft that the service may speak to is about another patient, or names one that is
 * @throws REQUEST_INVALID when a draft cannot be read
 */
export function mayAsk(asking: DraftsBefore, request: HookRequest): boolean {
  if (asking.service.hook === 'patient-view') return true;
  // Without a record a reason that cannot be looked up counts as a maybe, so nothing is missed here.
  const candidates = firing(asking, withDrafts(NOTHING_READ, asking.drafts));
  if (candidates.length === 0) return false;
  demandSamePatient(candidates, asking.drafts, request);
  return true;
}

/**
 * Whether a call may be about an order that the service speaks to, by what is known of the record so far. What is not known is a maybe,
 * and to know more makes no yes of a no.
 */
export function mayStillAsk(asking: DraftsBefore, known: GatheredRecord): boolean {
  if (asking.service.hook === 'patient-view') return mayHoldOrders(known, asking.service.questions);
  return firing(asking, withDrafts(known, asking.drafts)).length > 0;
}

/**
 * The orders that the service speaks to: drafts, or where a patient is viewed the active orders of the record.
 *
 * @throws REQUEST_INVALID where there are more than 50
 */
export function ordersAsked(asking: DraftsBefore, record: GatheredRecord): readonly Draft[] {
  const orders =
    asking.service.hook === 'patient-view' ? ordersInChart(record, asking.service.questions) : firing(asking, record);
  if (orders.length > MAX_ORDERS)
    throw new CdsError('REQUEST_INVALID', `No more than ${MAX_ORDERS} orders are answered in one call.`);
  return orders;
}

function firing({ service, drafts }: DraftsBefore, record: GatheredRecord): readonly Draft[] {
  try {
    return drafts.filter(({ order }) => service.questions.fires(order, record));
  } catch (cause) {
    if (!(cause instanceof ExpressionFailed)) throw cause;
    throw new CdsError('REQUEST_INVALID', 'A draft order of the call cannot be read.', {
      cause,
      issues: [{ path: 'context.draftOrders', expected: 'ServiceRequests as R4 has them' }],
    });
  }
}
