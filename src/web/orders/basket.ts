import type { Action, Suggestion } from '../api/cds-types';
import { referenceTo, type Resource } from '../api/resource';

/** An order that the physician is working on, and what became of it. */
export interface Order {
  readonly resource: Resource;
  readonly state: 'draft' | 'changed' | 'new' | 'withdrawn' | 'signed';
  /** Elements that an accepted suggestion changed. */
  readonly changed: readonly string[];
}

export function draftOrder(resource: Resource): Order {
  return { resource, state: 'draft', changed: [] };
}

/** Orders that are still to be signed. */
export function openOrders(orders: readonly Order[]): readonly Resource[] {
  return orders.filter(({ state }) => state !== 'withdrawn' && state !== 'signed').map(({ resource }) => resource);
}

/** The orders after a suggestion: every action done, as an EHR does on behalf of the physician. */
export function applySuggestion(orders: readonly Order[], suggestion: Suggestion): readonly Order[] {
  return (suggestion.actions ?? []).reduce(applyAction, orders);
}

function applyAction(orders: readonly Order[], action: Action): readonly Order[] {
  const { resource } = action;
  if (action.type === 'delete') {
    const gone = action.resourceId === undefined ? [] : [action.resourceId].flat();
    return orders.map((order) =>
      gone.includes(referenceTo(order.resource)) ? { ...order, state: 'withdrawn' } : order,
    );
  }
  if (resource === undefined) return orders;
  if (action.type === 'update') {
    return orders.map((order) =>
      referenceTo(order.resource) === referenceTo(resource)
        ? { resource, state: 'changed', changed: changedElements(order.resource, resource) }
        : order,
    );
  }
  const id = resource.id ?? `new-${orders.length + 1}`;
  return [...orders, { resource: { ...resource, id } as Resource, state: 'new', changed: [] }];
}

function changedElements(before: Resource, after: Resource): readonly string[] {
  const [old, now] = [before, after] as unknown as Record<string, unknown>[];
  const names = new Set([...Object.keys(old ?? {}), ...Object.keys(now ?? {})]);
  return [...names].filter((name) => JSON.stringify(old?.[name]) !== JSON.stringify(now?.[name]));
}
