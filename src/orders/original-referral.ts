import type { Day } from '../clock.js';
import { calendarDay, isDay } from '../logic/calendar.js';
import type { GatheredRecord } from '../schemas/record.js';
import { referenceTo, type Resource } from '../schemas/resource.js';
import type { OrderQuestions } from './order-questions.js';

/**
 * The referral that a treatment order goes back to: the one its `basedOn` names, or else the newest active IMSR
 * referral in the record (contract §1).
 */
export function originalReferral(
  order: Resource,
  record: GatheredRecord,
  questions: OrderQuestions,
): Resource | undefined {
  if (questions.isReferral(order, record)) return order;
  for (const reference of referencesIn(order['basedOn'])) {
    const named = record.resolve(reference, order);
    if (named?.resourceType === 'ServiceRequest') return named;
  }
  return record
    .byType('ServiceRequest')
    .filter((candidate) => candidate['status'] === 'active' && questions.isReferral(candidate, record))
    .sort(newestFirst)[0];
}

/** The day of referral: `authoredOn` of the referral, or else the day of the call. An imprecise date is no day. */
export function referralDay(referral: Resource, asOf: Day): Day {
  const day = calendarDay(referral['authoredOn']);
  return day !== undefined && isDay(day) ? day : asOf;
}

/**
 * Whether the day of referral may be another than {@link referralDay} says: no referral was found although part of the
 * record could not be had, or its date cannot be read as a day.
 */
export function referralDayUnknown(referral: Resource | undefined, order: Resource, record: GatheredRecord): boolean {
  if (referral === undefined && record.gapIn('ServiceRequest') !== undefined) return true;
  const authoredOn = (referral ?? order)['authoredOn'];
  if (authoredOn === undefined) return false;
  const day = calendarDay(authoredOn);
  return day === undefined || !isDay(day);
}

function newestFirst(a: Resource, b: Resource): number {
  const [first, second] = [String(a['authoredOn'] ?? ''), String(b['authoredOn'] ?? '')];
  if (first !== second) return first < second ? 1 : -1;
  return (referenceTo(a) ?? '') < (referenceTo(b) ?? '') ? 1 : -1;
}

function referencesIn(value: unknown): readonly string[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((entry: unknown) => {
    const reference = (entry as { reference?: unknown } | null)?.reference;
    return typeof reference === 'string' ? [reference] : [];
  });
}
