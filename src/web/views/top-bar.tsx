import { changeLanguage } from '../state/change';
import { useSandbox } from '../state/store';
import { type Language, useWords } from '../words/translate';

const LANGUAGES: readonly { readonly code: Language; readonly name: string }[] = [
  { code: 'nl', name: 'Nederlands' },
  { code: 'en', name: 'English' },
];

export function TopBar() {
  const { store, state } = useSandbox();
  const { t } = useWords();
  return (
    <header class="top">
      <div class="brand">
        <svg viewBox="0 0 32 32" width="30" height="30" aria-hidden="true">
          <rect width="32" height="32" rx="7" fill="#ffffff" />
          <path
            d="M8 17l5 5 11-12"
            fill="none"
            stroke="#0b4f6c"
            stroke-width="3.4"
            stroke-linecap="round"
            stroke-linejoin="round"
          />
        </svg>
        <div>
          <h1>{t('title')}</h1>
          <p>{t('tagline')}</p>
        </div>
      </div>
      <p class="synthetic">{t('synthetic')}</p>
      <div class="languages" role="group" aria-label={t('language')}>
        {LANGUAGES.map(({ code, name }) => (
          <button
            key={code}
            type="button"
            lang={code}
            aria-pressed={state.language === code}
            onClick={() => void changeLanguage(store, code)}
          >
            {name}
          </button>
        ))}
      </div>
    </header>
  );
}
