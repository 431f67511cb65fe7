import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Clock } from './clock.js';
import { type Assessed, assessOrder } from './assess.js';
import type { Knowledge } from './knowledge.js';
import { type AssessAgain, againFrom, withoutToken } from './assess-again.js';
import { recordOf } from './call-record.js';
import { type Draft, draftsIn } from './orders/drafts.js';
import type { CompiledService } from './orders/order-questions.js';
import { type DraftsBefore, mayAsk, mayStillAsk, ordersAsked } from './orders/orders-asked.js';
import { withDrafts } from './orders/record-with-drafts.js';
import { receiptsFor } from './receipt.js';
import { type FetchReport, ROLES_KEY } from './record/gather.js';
import { notHad } from './record/not-had.js';
import type { FhirConnections } from './record/connections.js';
import type { GatherLimits } from './record/limits.js';
import type { Card, HookResponse } from './schemas/card.js';
import type { TrustedClient } from './schemas/client.js';
import type { HookRequest } from './schemas/hook-request.js';
import type { Log } from './schemas/log.js';
import { lostNumbers } from './schemas/lost-numbers.js';
import type { Observer } from './schemas/observer.js';
import type { DecisionReceipt } from './schemas/receipt.js';
import type { GatheredRecord } from './schemas/record.js';
import type { RenderedCard } from './schemas/rendered-card.js';
import type { Language } from './schemas/service.js';
import { type Trace, untraced } from './schemas/trace.js';
import type { Assessment } from './schemas/verdict.js';

/** One call of a CDS service, as far as its answer hangs on it. */
export interface RoadCall {
  readonly service: { readonly id: string };
  readonly request: HookRequest;
  readonly client: TrustedClient;
  /** What its cards are written in. */
  readonly language: Language;
  /** The request's body as JSON, where it is at hand. */
  readonly bodyText?: string;
  /** Aborts when the caller has gone. */
  readonly signal: AbortSignal;
  readonly log: Log;
  /** Absent: nobody follows this call. */
  readonly trace?: Trace;
}

/** What cards are made for. */
export interface RenderRequest {
  readonly language: Language;
  /** How many orders of the call are answered; with more than one every card names its own. */
  readonly orders: number;
  /** How much was read for this call: the text of its body in characters, and what was fetched beside it in bytes. */
  readonly readLength: number;
  /** The numbers of the body that would be written in another way than they came; none where its text is not at hand. */
  lostNumbers(): ReadonlySet<number>;
  /** Assesses the same order once more, on the record that this text is read to; absent where the record came from elsewhere. */
  readonly again: { readonly assess: AssessAgain; readonly text: string } | undefined;
}

export interface RoadParts {
  readonly knowledge: Knowledge;
  /** Makes the cards of one assessed order. */
  render(assessed: Assessed, about: RenderRequest): readonly RenderedCard[];
  /** Takes receipts in; never waits. */
  keep(receipts: readonly DecisionReceipt[]): void;
  readonly connections: FhirConnections;
  readonly limits: GatherLimits;
  readonly clock: Clock;
  /** Another day of assessment that the call asks for; only a sandbox gives one. */
  asOf?(request: HookRequest): string | undefined;
  readonly observer: Observer;
  readonly engineVersion: string;
  readonly cardsHash: string;
}

const NO_CARDS: HookResponse = { cards: [] };

/**
 * The road from a call to its cards: orders, record, verdicts, cards, receipts. Where no order of the call is one that
 * the service speaks to, it answers at once and fetches nothing; where only the record can tell, no more of it than that takes.
 *
 * @throws SUBJECT_MISMATCH, RECORD_UNAVAILABLE, REQUEST_INVALID where there are more orders than are answered at once
 */
export function createRoad(parts: RoadParts): (call: RoadCall) => Promise<HookResponse> {
  const services = new Map(parts.knowledge.services.map((service) => [service.id, service]));
  return async (call) => {
    const service = services.get(call.service.id)!;
    const asking = { service, drafts: draftsIn(call.request) };
    if (!mayAsk(asking, call.request)) return NO_CARDS;
    const gathered = await recordFor(asking, call, parts);
    return answerOrders({ service, orders: ordersAsked(asking, gathered.record), ...gathered }, call, parts);
  };
}

/** What a call is answered on. */
interface Gathered {
  readonly record: GatheredRecord;
  /** Absent: all of the record came with the call. */
  readonly fetchedBytes: number | undefined;
}

/** The record of a call with its drafts; what could not be had of it is logged. */
async function recordFor(
  asking: DraftsBefore & { readonly service: CompiledService },
  call: RoadCall,
  parts: RoadParts,
): Promise<Gathered> {
  const { service, drafts } = asking;
  let fetchedBytes: number | undefined;
  const roles: FetchReport[] = [];
  const record = await (call.trace ?? untraced).step('gather', () =>
    recordOf(service, call, parts, {
      signal: call.request.fhirServer === undefined ? undefined : call.signal,
      about: {
        type: service.hook === 'patient-view' ? 'ServiceRequest' : undefined,
        mayBe: (known) => mayStillAsk(asking, known),
      },
      onFetch: (report) => {
        const { key, outcome, ms } = report;
        if (key === ROLES_KEY) roles.push(report);
        parts.observer.fetched(outcome, ms / 1000);
        call.trace?.fetched(outcome, ms);
      },
      onFetched: (bytes) => {
        fetchedBytes = bytes;
      },
    }),
  );
  const gaps = notHad(record, roles);
  if (gaps.length > 0) call.log.warn({ gaps }, 'part of the record could not be had');
  return { record: withDrafts(record, drafts), fetchedBytes };
}

/** The orders of a call that are answered, as what service and on what. */
interface Asked extends Gathered {
  readonly service: CompiledService;
  readonly orders: readonly Draft[];
}

async function answerOrders(asked: Asked, call: RoadCall, parts: RoadParts): Promise<HookResponse> {
  const { orders, fetchedBytes } = asked;
  if (orders.length === 0) return NO_CARDS;
  let lost: ReadonlySet<number> | undefined;
  const alike: Alike = {
    asOf: parts.asOf?.(call.request) ?? parts.clock.today(),
    issuedAt: new Date(parts.clock.nowMs()).toISOString(),
    text: fetchedBytes === undefined ? withoutToken(call) : undefined,
    readLength: (call.bodyText?.length ?? 0) + (fetchedBytes ?? 0),
    lostNumbers: () => (lost ??= lostNumbers(call.bodyText ?? '')),
  };
  const cards: Card[] = [];
  const assessments: Assessment[] = [];
  for (const place of orders.keys()) {
    if (place > 0) {
      // One order may take as long as a call: other calls need not wait for all of them.
      await nextTurn();
      // Nobody reads the answer, and a card that nobody saw has no receipt.
      if (call.signal.aborted) break;
    }
    const { assessment, rendered } = answerOrder(place, asked, alike, call, parts);
    cards.push(...rendered.map(({ card }) => card));
    assessments.push(assessment);
  }
  return { cards, assessments };
}

/** What is the same for all orders of a call. */
interface Alike extends Pick<RenderRequest, 'readLength' | 'lostNumbers'> {
  readonly asOf: string;
  /** Instant of the answer, ISO 8601. */
  readonly issuedAt: string;
  /** Of the call, from which its orders can be assessed again. */
  readonly text: string | undefined;
}

/** Assesses one order, makes its cards and hands over their receipts. */
function answerOrder(
  place: number,
  { service, orders, record }: Asked,
  { asOf, issuedAt, text, readLength, lostNumbers }: Alike,
  call: RoadCall,
  parts: RoadParts,
): { readonly assessment: Assessment; readonly rendered: readonly RenderedCard[] } {
  const { request, client, language } = call;
  const trace = call.trace ?? untraced;
  const subject = `Patient/${request.context.patientId}`;
  const assessed = trace.step('assess', () =>
    assessOrder(parts.knowledge, { service, record, asOf, subject, ...orders[place]! }),
  );
  const { assessment, failures } = assessed;
  for (const { name, expression } of failures) call.log.error({ name, expression }, 'a rule could not be evaluated');
  const rendered = trace.step('render', () =>
    parts.render(assessed, {
      language,
      orders: orders.length,
      readLength,
      lostNumbers,
      again: text === undefined ? undefined : { assess: againFrom(parts, { service, client, asOf, place }), text },
    }),
  );
  parts.keep(
    receiptsFor(rendered, assessment, {
      clientId: client.id,
      hookInstance: request.hookInstance,
      issuedAt,
      language,
      engineVersion: parts.engineVersion,
      protocolHash: parts.knowledge.protocols.get(service.protocol)!.protocol.hash,
      cardsHash: parts.cardsHash,
    }),
  );
  parts.observer.assessed(service.id, assessment.outcome, unknownReasons(assessment));
  return { assessment, rendered };
}

function unknownReasons(assessment: Assessment): readonly string[] {
  return assessment.criteria.filter(({ status }) => status === 'unknown').map(({ reason }) => reason);
}
