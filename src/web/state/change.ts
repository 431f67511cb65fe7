import { discover } from '../api/cds';
import type { Facts } from '../chart/facts';
import type { Order } from '../orders/basket';
import { keepLanguage, type Language } from '../words/translate';
import { askAgain } from './ask';
import { newestAsked } from './newest';
import { openPatient } from './open';
import type { Store } from './store';

/** Changes a fact and asks again at once. */
export async function changeFacts(store: Store, change: Partial<Facts>): Promise<void> {
  const { facts, orders } = store.get();
  const changed = { ...facts, ...change };
  store.set({ facts: changed, orders: orders.map((order) => dated(order, change)) });
  await askAgain(store);
}

/** Puts the chart and the orders back as they were. */
export async function startOver(store: Store): Promise<void> {
  const { chart } = store.get();
  if (chart !== undefined) await openPatient(store, chart.patient);
}

/** The page and the cards in another language. */
export async function changeLanguage(store: Store, language: Language): Promise<void> {
  const isNewest = discovering(store);
  keepLanguage(language);
  document.documentElement.lang = language;
  store.set({ language });
  try {
    const services = await discover(language);
    if (!isNewest()) return;
    store.set({ services });
  } catch {
    if (isNewest()) store.set({ fault: 'loading' });
    return;
  }
  await askAgain(store);
}

/** Services come in the language that was asked for last. */
const discovering = newestAsked();

/** A draft is written today. */
function dated(order: Order, { today }: Partial<Facts>): Order {
  const { resource } = order;
  if (today === undefined || resource.resourceType !== 'ServiceRequest' || order.state === 'signed') return order;
  return { ...order, resource: { ...resource, authoredOn: today } };
}
