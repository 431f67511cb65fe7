import { type Assessed, assessOrder } from './assess.js';
import { type GatherParts, recordOf } from './call-record.js';
import type { Day } from './clock.js';
import type { Knowledge } from './knowledge.js';
import { draftsIn } from './orders/drafts.js';
import type { CompiledService } from './orders/order-questions.js';
import { ordersAsked } from './orders/orders-asked.js';
import { withDrafts } from './orders/record-with-drafts.js';
import type { TrustedClient } from './schemas/client.js';
import type { HookRequest } from './schemas/hook-request.js';

/**
 * Assesses an order once more, as it was assessed when its call came.
 *
 * @param text of the call: the body, without its access token
 */
export type AssessAgain = (text: string) => Promise<Assessed>;

export interface AgainParts extends GatherParts {
  readonly knowledge: Knowledge;
}

/** What has to be kept of a call for that, beside its text: a fraction of the memory that the record takes which is read from it. */
export interface AskedOnce {
  readonly service: CompiledService;
  readonly client: TrustedClient;
  readonly asOf: Day;
  /** The place of the order among those that the service speaks to, from 0: two of them may bear one name. */
  readonly place: number;
}

/**
 * Makes an order's assessment repeatable from the text of its call. Only for a call of which the record came with it: nothing
 * is ever fetched here.
 */
export function againFrom(parts: AgainParts, { service, client, asOf, place }: AskedOnce): AssessAgain {
  return async (text) => {
    const request = JSON.parse(text) as HookRequest;
    const drafts = draftsIn(request);
    const gathered = await recordOf(service, { request, client }, parts, { signal: AbortSignal.abort() });
    const record = withDrafts(gathered, drafts);
    const order = ordersAsked({ service, drafts }, record)[place];
    if (order === undefined) throw new Error('an order that was assessed is no longer in its call');
    const subject = `Patient/${request.context.patientId}`;
    return assessOrder(parts.knowledge, { service, record, asOf, subject, ...order });
  };
}

/** Stands in the place of a token, and has the form of none: with it no server is called, as none was called before. */
const WITHHELD = '(withheld)';

/**
 * The text of a call without its access token, which is kept nowhere. A call without a token is kept as it came; one with a
 * token is written anew from what was read of it, so that nothing but the token is another. Nothing where what is written
 * would still hold the token, or cannot be written.
 */
export function withoutToken(call: { readonly bodyText?: string; readonly request: HookRequest }): string | undefined {
  const { bodyText, request } = call;
  const { fhirAuthorization } = request;
  if (bodyText === undefined || fhirAuthorization === undefined) return bodyText;
  const withheld = { ...request, fhirAuthorization: { ...fhirAuthorization, access_token: WITHHELD } };
  const text = written(withheld);
  const token = JSON.stringify(fhirAuthorization.access_token).slice(1, -1);
  return text?.includes(token) === true ? undefined : text;
}

/** Nothing where it lies deeper than can be written: more can be read than that. */
function written(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
