import { CdsError } from '../errors.js';
import { parseReference } from '../record/reference.js';
import { aboutAnotherPatient } from '../record/subject.js';
import type { HookRequest } from '../schemas/hook-request.js';
import { isResource, referenceTo, type Resource } from '../schemas/resource.js';

/** An order in the call, with the reference by which everything that is said about it names it. */
export interface Draft {
  readonly order: Resource;
  /** `ServiceRequest/id`, or the entry's fullUrl, or the type with its place when it has neither, or one that is far too long. */
  readonly reference: string;
  /** Whether it is clearly about another patient than the call. */
  readonly ofAnother?: boolean;
}

/** Cards, verdicts and receipts repeat it. */
const LONGEST_NAME = 2_000;

/**
 * The ServiceRequests of a call: all drafts being signed, or of a selection the selected ones alone. A field that its hook does
 * not define is not looked at.
 */
export function draftsIn({ hook, context }: HookRequest): readonly Draft[] {
  if (hook === 'patient-view') return [];
  const { draftOrders, patientId } = context;
  const selections = hook === 'order-select' ? new Set<string | undefined>(context.selections) : undefined;
  const drafts: Draft[] = [];
  for (const [index, entry] of (draftOrders?.entry ?? []).entries()) {
    const order = entry?.resource;
    if (!isResource(order) || order.resourceType !== 'ServiceRequest') continue;
    if (selections !== undefined && !selections.has(selectedAs(order, entry.fullUrl))) continue;
    const ofAnother = aboutAnotherPatient([{ resource: order }], patientId);
    drafts.push({ order, reference: draftReference(order, entry.fullUrl, index + 1), ofAnother });
  }
  return drafts;
}

/** What a selection names a draft by: its id, or the one in its address. */
function selectedAs(order: Resource, fullUrl: unknown): string | undefined {
  const address = typeof fullUrl === 'string' ? parseReference(fullUrl) : undefined;
  return referenceTo(order) ?? (address === undefined ? undefined : `${address.type}/${address.id}`);
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
 * Refuses a call of which an order that may be answered is clearly about another patient than the call, or names a draft that is.
 *
 * @param answered those of the drafts that may be answered
 * @throws SUBJECT_MISMATCH naming every such draft by its place in the call
 */
export function demandSamePatient(answered: readonly Draft[], drafts: readonly Draft[], request: HookRequest): void {
  const { patientId, draftOrders } = request.context;
  const granted = request.fhirAuthorization?.patient;
  if (granted !== undefined && granted !== patientId) refuse(['fhirAuthorization.patient']);
  const others = drafts.filter(({ ofAnother }) => ofAnother);
  if (others.length === 0) return;
  const named = new Set(answered.flatMap(({ order }) => referencesOf(order)));
  const places = new Map(draftOrders?.entry?.map((entry, index) => [entry?.resource, index]));
  const paths = others
    .filter((draft) => answered.includes(draft) || namesOf(draft).some((name) => named.has(name)))
    .map(({ order }) => `context.draftOrders.entry[${places.get(order)}].resource${placeOfAnother(order, patientId)}`);
  if (paths.length > 0) refuse(paths);
}

/** Where an order that is about another patient says so: itself, or in what it contains. */
function placeOfAnother({ contained: _, ...order }: Resource, patientId: string): string {
  return aboutAnotherPatient([{ resource: order }], patientId) ? '.subject' : '.contained';
}

/** What a draft can be referred to by: the name that it is given, and its own id where that is another. */
export function namesOf({ order, reference }: Draft): readonly string[] {
  const own = referenceTo(order);
  return own === undefined || own === reference ? [reference] : [reference, own];
}

/** What the elements of an order refer to. */
function referencesOf(order: Resource): readonly unknown[] {
  return Object.values(order)
    .flat()
    .map((element) => (element as { readonly reference?: unknown } | null | undefined)?.reference);
}

function refuse(paths: readonly string[]): never {
  throw new CdsError('SUBJECT_MISMATCH', 'The call speaks of more than one patient.', {
    issues: paths.map((path) => ({ path, expected: 'the patient of the context' })),
  });
}
