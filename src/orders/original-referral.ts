import type { Day } from '../clock.js';
import { boundsOf, calendarDay, isDay, placeInTime } from '../logic/calendar.js';
import { settledOrder } from '../logic/settled-order.js';
import { parseReference } from '../record/reference.js';
import type { GatheredRecord } from '../schemas/record.js';
import { referenceTo, type Resource } from '../schemas/resource.js';
import type { OrderQuestions } from './order-questions.js';
import { isWithdrawn } from './withdrawn.js';

/** The referral that an order goes back to, as far as the record tells. */
export interface OriginalReferral {
  /** Absent when there is none, and when it cannot be told which one it is. */
  readonly referral: Resource | undefined;
  /** Whether another request than this one may be it: something that could not be had, was withdrawn or is undated. */
  readonly doubtful: boolean;
}

const NONE: OriginalReferral = { referral: undefined, doubtful: false };
const DOUBTFUL: OriginalReferral = { referral: undefined, doubtful: true };

/**
 * The referral that a treatment order goes back to: the one its `basedOn` names, or else the newest active IMSR
 * referral in the record. What is not in the record is never replaced by what is; and where the record's only IMSR referrals
 * are no longer active, as after a first consultation, it cannot be told whether one of them is meant.
 */
export function originalReferral(order: Resource, record: GatheredRecord, questions: OrderQuestions): OriginalReferral {
  if (questions.isReferral(order, record)) return certainly(order);
  const { requests, lost } = requestsNamed(order, record);
  const named = requests.filter((request) => questions.isReferral(request, record)).sort(newestFirst)[0];
  if (named !== undefined) return certainly(named);
  if (lost || record.gapIn('ServiceRequest') !== undefined) return DOUBTFUL;
  const written = record.byType('ServiceRequest').filter(({ status }) => status !== 'draft');
  const referrals = written.filter((candidate) => questions.isReferral(candidate, record));
  const active = referrals.filter(({ status }) => status === 'active').sort(newestFirst);
  const [request] = requests;
  if (request !== undefined) return referrals.length === 0 && requests.length === 1 ? certainly(request) : DOUBTFUL;
  const [newest] = active;
  // What goes on and may be the referral, though it does not say so.
  const perhaps = written.filter(
    (each) =>
      each !== order &&
      each['status'] !== 'completed' &&
      !referrals.includes(each) &&
      questions.mayBeReferral(each, record),
  );
  if (newest === undefined) return referrals.length === 0 && perhaps.length === 0 ? NONE : DOUBTFUL;
  const others = active.filter((each) => each !== newest);
  const unsure = others.some((each) => mayBeLater(each, newest) || decidesAnother(each, newest, order));
  // Of what says nothing of its status it cannot be told whether it is active, and of what does not say what it is, whether it is one.
  const untold = [...referrals.filter(({ status }) => !STATUSES.has(status)), ...perhaps].some((each) =>
    mayBeNewer(each, newest),
  );
  return unsure || untold ? DOUBTFUL : certainly(newest);
}

/** The statuses of a request that say how it stands; `unknown` says that nobody knows. @source FHIR R4, value set request-status */
const STATUSES: ReadonlySet<unknown> = new Set([
  'draft',
  'active',
  'on-hold',
  'revoked',
  'completed',
  'entered-in-error',
]);

/** Whether of two referrals of one moment the other one would tell another reason than the first, where the order tells none itself. */
function decidesAnother(one: Resource, other: Resource, order: Resource): boolean {
  const told = order['reasonReference'] ?? order['reasonCode'];
  if ((told !== undefined && told !== null) || reasonOf(one) === reasonOf(other)) return false;
  const [on, otherOn] = [writtenOn(one), writtenOn(other)];
  if (on.length > 10 && otherOn.length > 10) return placeInTime(on) === placeInTime(otherOn);
  return calendarDay(on) === calendarDay(otherOn);
}

function reasonOf({ reasonReference, reasonCode }: Resource): string {
  return JSON.stringify([reasonReference, reasonCode]);
}

function mayBeNewer(request: Resource, than: Resource): boolean {
  return calendarDay(request['authoredOn']) === undefined || newestFirst(request, than) < 0;
}

/** Whether a request whose day is not told to the day may be of a later one: it may be of the last that its date leaves open. */
function mayBeLater(request: Resource, than: Resource): boolean {
  const [day, other] = [calendarDay(request['authoredOn']), calendarDay(than['authoredOn'])];
  if (day === undefined || other === undefined) return true;
  return !isDay(day) && boundsOf(day).last >= boundsOf(other).first;
}

/** The day of referral: `authoredOn` of the referral, or else the day of the call. An imprecise date is no day. */
export function referralDay(referral: Resource, asOf: Day): Day {
  return preciseDay(referral['authoredOn']) ?? asOf;
}

/** Whether a referral, or an order without one, tells no day, so that of the call stands in for it. A draft is being written on that day. */
export function tellsNoDay({ authoredOn, status }: Resource): boolean {
  return authoredOn === undefined && status !== 'draft';
}

/** Whether the day of referral that an order is assessed with is told anywhere, and no stand-in. */
export function isReferralDayTold(assessed: {
  readonly order: Resource;
  readonly referral: Resource | undefined;
  readonly referralUnknown: boolean;
}): boolean {
  return !assessed.referralUnknown && !tellsNoDay(assessed.referral ?? assessed.order);
}

/**
 * Whether the day of referral may be another than {@link referralDay} says: it cannot be told which referral it is, or
 * its date cannot be read as a day.
 */
export function referralDayUnknown({ referral, doubtful }: OriginalReferral, order: Resource): boolean {
  if (doubtful) return true;
  const { authoredOn, _authoredOn: absent } = referral ?? order;
  // An order that is being written has the day of the call; an earlier request that says why it has no date has another one.
  if (authoredOn === undefined) return absent !== undefined && (referral ?? order) !== order;
  return preciseDay(authoredOn) === undefined;
}

function certainly(referral: Resource): OriginalReferral {
  return { referral, doubtful: false };
}

function preciseDay(authoredOn: unknown): Day | undefined {
  const day = calendarDay(authoredOn);
  return day !== undefined && isDay(day) ? day : undefined;
}

function writtenOn({ authoredOn }: Resource): string {
  return typeof authoredOn === 'string' ? authoredOn : '';
}

/** What has no date that can be read comes last; of one instant the more precise date comes first. */
function newestFirst(a: Resource, b: Resource): number {
  const [first, second] = [writtenOn(a), writtenOn(b)];
  if (first !== second) {
    const [at, other] = [placeInTime(first), placeInTime(second)];
    if (at !== other) return at < other ? 1 : -1;
    return first < second ? 1 : -1;
  }
  return settledOrder({ name: referenceTo(a), json: a }, { name: referenceTo(b), json: b });
}

/** The requests that an order's `basedOn` names, and whether it names one that cannot be had or read, or that was withdrawn. */
function requestsNamed(
  order: Resource,
  record: GatheredRecord,
): { readonly requests: readonly Resource[]; readonly lost: boolean } {
  const { basedOn } = order;
  const requests = new Set<Resource>();
  let lost = basedOn !== undefined && basedOn !== null && !Array.isArray(basedOn);
  for (const entry of Array.isArray(basedOn) ? (basedOn as unknown[]) : []) {
    if (typeof entry !== 'object' || entry === null) {
      lost = true;
      continue;
    }
    const { reference, type } = entry as { readonly reference?: unknown; readonly type?: unknown };
    const found = typeof reference === 'string' ? record.resolve(reference, order) : undefined;
    const named = found?.resourceType ?? typeNamed(reference, type);
    // A care plan or a prescription is no referral; what does not say what it is may be one.
    if (named !== undefined && named !== 'ServiceRequest') continue;
    if (found === undefined || isWithdrawn(found)) lost = true;
    else requests.add(found);
  }
  return { requests: [...requests], lost };
}

function typeNamed(reference: unknown, type: unknown): string | undefined {
  const parsed = typeof reference === 'string' ? parseReference(reference) : undefined;
  return parsed?.type ?? (typeof type === 'string' ? type : undefined);
}
