import { callService, type HookName, hookRequest, servicePath } from '../api/cds';
import type { HookResponse } from '../api/cds-types';
import { applyFacts } from '../chart/facts';
import { openOrders } from '../orders/basket';
import { newestAsked } from './newest';
import type { Exchange, ServiceAnswer, State } from './state';
import type { Store } from './store';

const KEPT_EXCHANGES = 30;

/** The record as it is with the changed facts. */
export function currentRecord({ chart, facts }: State) {
  return chart === undefined ? [] : applyFacts(chart.record, facts);
}

/**
 * Fires a hook: every service of that hook is called at the same time, and their cards are shown together. A newer
 * call makes this one's answers void.
 */
export async function fireHook(store: Store, hook: HookName): Promise<void> {
  const state = store.get();
  const { chart, facts, language, services } = state;
  if (chart === undefined) return;
  const call = {
    hook,
    patientId: chart.patient.id,
    record: currentRecord(state),
    failing: facts.treatmentsUnavailable ? ['Procedure', 'Encounter'] : [],
    drafts: openOrders(state.orders),
    asOf: facts.today,
  };
  const isNewest = firing(store);
  store.set({ hook, busy: true, fault: undefined });
  const asked = await Promise.all(
    services
      .filter((service) => service.hook === hook)
      .map(async (service) => {
        const request = hookRequest(service, call);
        const { status, body, ms } = await callService(service, request, language);
        const answer = status === 200 ? { service, response: body as HookResponse } : undefined;
        return {
          service,
          answer,
          exchange: { label: hook, path: servicePath(service.id), request, response: body, status, ms },
        };
      }),
  );
  if (!isNewest()) return;
  const answers = asked.flatMap(({ answer }): readonly ServiceAnswer[] => (answer === undefined ? [] : [answer]));
  store.set({
    busy: false,
    fault: answers.length < asked.length ? 'asking' : undefined,
    answers,
    decisions: {},
    shownExchange: undefined,
    exchanges: withExchanges(
      store.get().exchanges,
      asked.map(({ exchange }) => exchange),
    ),
  });
}

/** Asks the last hook again, after something changed. */
export async function askAgain(store: Store): Promise<void> {
  const { hook } = store.get();
  if (hook !== undefined) await fireHook(store, hook);
}

const firing = newestAsked();

/** The exchanges with further ones, newest last. */
export function withExchanges(
  kept: readonly Exchange[],
  further: readonly Omit<Exchange, 'number'>[],
): readonly Exchange[] {
  const last = kept.at(-1)?.number ?? 0;
  return [...kept, ...further.map((exchange, index) => ({ ...exchange, number: last + index + 1 }))].slice(
    -KEPT_EXCHANGES,
  );
}
