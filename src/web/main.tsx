import { render } from 'preact';
import { openNamed, start } from './state/open';
import { initialState } from './state/state';
import { createStore, StoreContext } from './state/store';
import { App } from './views/app';
import { firstLanguage } from './words/translate';

const store = createStore(initialState(firstLanguage()));
document.documentElement.lang = store.get().language;
addEventListener('hashchange', () => void openNamed(store));
const place = document.getElementById('app');
if (place !== null) {
  render(
    <StoreContext.Provider value={store}>
      <App />
    </StoreContext.Provider>,
    place,
  );
}
void start(store);
