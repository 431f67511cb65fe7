import type { Bundle } from 'fhir/r4';
import { AS_OF_KEY, type Coding, type Service } from './cds-types';
import { type Answer, getJson, postJson } from './http';
import { fillPrefetch, type PrefetchSource } from './prefetch';
import { ofType, referenceTo, type Resource } from './resource';
import { newUuid } from './uuid';

const SERVICES = '/cds-services';
/** The physician who is logged in to the sandbox. */
const USER = 'Practitioner/sandbox-physician';

export type HookName = 'patient-view' | 'order-select' | 'order-sign';

export async function discover(language: string): Promise<readonly Service[]> {
  return ((await getJson(SERVICES, language)) as { services: Service[] }).services;
}

export interface HookCall extends PrefetchSource {
  readonly hook: HookName;
  readonly drafts: readonly Resource[];
  /** Day to answer for, `YYYY-MM-DD`. */
  readonly asOf: string;
}

/** The body of a call, with everything that the service would like to be sent along. */
export function hookRequest(service: Service, call: HookCall): Readonly<Record<string, unknown>> {
  const orders = ofType(call.drafts, 'ServiceRequest');
  const draftOrders: Bundle = {
    resourceType: 'Bundle',
    type: 'collection',
    entry: orders.map((resource) => ({ resource })),
  };
  return {
    hook: call.hook,
    hookInstance: newUuid(),
    context: {
      userId: USER,
      patientId: call.patientId,
      ...(call.hook === 'patient-view' ? {} : { draftOrders }),
      ...(call.hook === 'order-select' ? { selections: orders.map(referenceTo) } : {}),
    },
    extension: { [AS_OF_KEY]: call.asOf },
    ...(service.prefetch === undefined ? {} : { prefetch: fillPrefetch(service.prefetch, call) }),
  };
}

export function servicePath(id: string): string {
  return `${SERVICES}/${id}`;
}

export function callService(service: Service, body: unknown, language: string): Promise<Answer> {
  return postJson(servicePath(service.id), body, language);
}

export type FeedbackOutcome =
  | { readonly outcome: 'accepted'; readonly suggestion: string }
  | { readonly outcome: 'overridden'; readonly reason: Coding | undefined; readonly comment: string };

/** The body of a feedback call about one card. */
export function feedbackBody(card: string, what: FeedbackOutcome): Readonly<Record<string, unknown>> {
  const common = { card, outcome: what.outcome, outcomeTimestamp: new Date().toISOString() };
  if (what.outcome === 'accepted') {
    return { feedback: [{ ...common, acceptedSuggestions: [{ id: what.suggestion }] }] };
  }
  const overrideReason = {
    ...(what.reason === undefined ? {} : { reason: what.reason }),
    ...(what.comment === '' ? {} : { userComment: what.comment }),
  };
  return { feedback: [{ ...common, ...(Object.keys(overrideReason).length === 0 ? {} : { overrideReason }) }] };
}

export function feedbackPath(serviceId: string): string {
  return `${servicePath(serviceId)}/feedback`;
}
