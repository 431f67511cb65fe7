import { CdsError } from '../errors.js';
import { aboutAnotherPatient } from '../record/subject.js';
import type { HookRequest } from '../schemas/hook-request.js';
import { isResource, referenceTo, type Resource } from '../schemas/resource.js';

/** An order in the call, with the reference by which everything that is said about it names it. */
export interface Draft {
  readonly order: Resource;
  /** `ServiceRequest/id`, or the entry's fullUrl, or the type with its place when it has neither, or one that is far too long. */
  readonly reference: string;
}

/** Cards, verdicts and receipts repeat it. */
const LONGEST_NAME = 2_000;

/**
 * The ServiceRequests of a call: all drafts being signed, or of a selection the selected ones alone. A field that its hook does
 * not define is not looked at.
 */
export function draftsIn({ hook, context }: HookRequest): readonly Draft[] {
  if (hook === 'patient-view') return [];
  const { draftOrders } = context;
  const selections = hook === 'order-select' ? new Set(context.selections) : undefined;
  const drafts: Draft[] = [];
  for (const [index, entry] of (draftOrders?.entry ?? []).entries()) {
    const order = entry?.resource;
    if (!isResource(order) || order.resourceType !== 'ServiceRequest') continue;
    const named = referenceTo(order);
    if (selections !== undefined && (named === undefined || !selections.has(named))) continue;
    drafts.push({ order, reference: draftReference(order, entry.fullUrl, index + 1) });
  }
  return drafts;
}

/**
 * The reference by which a draft is named.
 *
 * @param place among the entries of `draftOrders`, or the drafts of a collection, from 1
 */
export function draftReference(order: Resource, fullUrl: unknown, place: number): string {
  const url = typeof fullUrl === 'string' && fullUrl !== '' ? fullUrl : undefined;
  const name = referenceTo(order) ?? url;
  return name === undefined || name.length > LONGEST_NAME ? `ServiceRequest#${place}` : name;
}

/**
 * Refuses a call whose order is clearly about another patient than the call.
 * @throws SUBJECT_MISMATCH
 */
export function demandSamePatient(drafts: readonly Draft[], request: HookRequest): void {
  const { patientId, draftOrders } = request.context;
  const granted = request.fhirAuthorization?.patient;
  if (granted !== undefined && granted !== patientId) refuse('fhirAuthorization.patient', 'the patient of the context');
  for (const { order } of drafts) {
    if (!aboutAnotherPatient([{ resource: order }], patientId)) continue;
    const index = draftOrders?.entry?.findIndex((entry) => entry?.resource === order);
    refuse(`context.draftOrders.entry[${index}].resource.subject`, 'the patient of the context');
  }
}

function refuse(path: string, expected: string): never {
  throw new CdsError('SUBJECT_MISMATCH', 'The call speaks of more than one patient.', { issues: [{ path, expected }] });
}
