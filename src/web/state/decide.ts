import { feedbackBody, type FeedbackOutcome, feedbackPath } from '../api/cds';
import type { Coding, Suggestion } from '../api/cds-types';
import { postJson } from '../api/http';
import { applySuggestion } from '../orders/basket';
import { withExchanges } from './ask';
import type { Decision, ShownCard } from './state';
import type { Store } from './store';

/** Does what a suggestion says with the orders, and tells the service. */
export async function acceptSuggestion(store: Store, shown: ShownCard, suggestion: Suggestion): Promise<void> {
  const { orders, decisions } = store.get();
  const accepted = [...(decisions[shown.card.uuid]?.accepted ?? []), suggestion.uuid];
  store.set({ orders: applySuggestion(orders, suggestion) });
  decide(store, shown, { accepted, feedback: 'sending' });
  await tell(store, shown, { outcome: 'accepted', suggestion: suggestion.uuid });
}

/** Sets a card aside, with a reason, and tells the service. */
export async function overrideCard(
  store: Store,
  shown: ShownCard,
  reason: Coding | undefined,
  comment: string,
): Promise<void> {
  const accepted = store.get().decisions[shown.card.uuid]?.accepted ?? [];
  decide(store, shown, { accepted, overridden: { reason, comment }, feedback: 'sending' });
  await tell(store, shown, { outcome: 'overridden', reason, comment });
}

/** Signs what is open, after the advice has been seen. */
export function signOrders(store: Store): void {
  const { orders } = store.get();
  store.set({
    orders: orders.map((order) => {
      if (order.state === 'withdrawn' || order.resource.resourceType !== 'ServiceRequest') return order;
      return { ...order, state: 'signed', resource: { ...order.resource, status: 'active' } };
    }),
  });
}

function decide(store: Store, { card }: ShownCard, decision: Decision): void {
  store.set({ decisions: { ...store.get().decisions, [card.uuid]: decision } });
}

async function tell(store: Store, { card, serviceId }: ShownCard, what: FeedbackOutcome): Promise<void> {
  const request = feedbackBody(card.uuid, what);
  const path = feedbackPath(serviceId);
  const { status, body, ms } = await postJson(path, request, store.get().language);
  const exchange = { label: `feedback: ${what.outcome}`, path, request, response: body, status, ms };
  const state = store.get();
  const decision = state.decisions[card.uuid];
  store.set({
    exchanges: withExchanges(state.exchanges, [exchange]),
    ...(decision === undefined
      ? {}
      : {
          decisions: { ...state.decisions, [card.uuid]: { ...decision, feedback: status === 200 ? 'sent' : 'failed' } },
        }),
  });
}
