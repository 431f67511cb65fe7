import type { Store } from './store';

/**
 * Tells whether what was asked for in a store is what was asked for last: what comes in of anything earlier is not shown, nor that
 * it failed.
 *
 * @returns begins to ask, and gives the answer to that for what was begun
 */
export function newestAsked(): (store: Store) => () => boolean {
  const newest = new WeakMap<Store, symbol>();
  return (store) => {
    const mine = Symbol();
    newest.set(store, mine);
    return () => newest.get(store) === mine;
  };
}
