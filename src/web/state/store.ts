import { createContext } from 'preact';
import { useContext, useEffect, useState } from 'preact/hooks';
import { initialState, type State } from './state';

/** The one place where the state of the page is kept. */
export interface Store {
  get(): State;
  set(change: Partial<State>): void;
  subscribe(listener: () => void): () => void;
}

export function createStore(first: State): Store {
  let state = first;
  const listeners = new Set<() => void>();
  return {
    get: () => state,
    set(change) {
      state = { ...state, ...change };
      for (const listener of listeners) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

export const StoreContext = createContext<Store>(createStore(initialState('nl')));

/** The store, and the state as it is now; the component follows every change. */
export function useSandbox(): { readonly store: Store; readonly state: State } {
  const store = useContext(StoreContext);
  const [state, setState] = useState(store.get());
  useEffect(() => {
    setState(store.get());
    return store.subscribe(() => setState(store.get()));
  }, [store]);
  return { store, state };
}
