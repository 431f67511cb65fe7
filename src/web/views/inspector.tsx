import { useState } from 'preact/hooks';
import { assessmentsOf, exchangeShown } from '../state/shown';
import { useSandbox } from '../state/store';
import { useWords } from '../words/translate';
import { CriterionTree } from './criterion-tree';
import { Section } from './section';

const TABS = ['criteria', 'request', 'response'] as const;
type Tab = (typeof TABS)[number];

/** What travelled, and what the service concluded criterion by criterion. */
export function Inspector() {
  const { store, state } = useSandbox();
  const { t, number } = useWords();
  const [tab, setTab] = useState<Tab>('criteria');
  const exchange = exchangeShown(state);
  const choose = (step: number) => {
    const next = TABS[(TABS.indexOf(tab) + step + TABS.length) % TABS.length] ?? 'criteria';
    setTab(next);
    document.getElementById(`tab-${next}`)?.focus();
  };
  return (
    <Section
      id="inspector"
      title={t('inspector')}
      class="inspector"
      aside={
        <label class="exchange">
          {t('call')}
          <select
            value={exchange?.number}
            onChange={(event) => store.set({ shownExchange: Number(event.currentTarget.value) })}
          >
            {state.exchanges.map(({ number: id, label, path, status, ms }) => (
              <option key={id} value={id} selected={id === exchange?.number}>
                {id}. {label} → {path.replace('/cds-services/', '')} · {status} · {number(Math.round(ms))} ms
              </option>
            ))}
          </select>
        </label>
      }
    >
      <div class="tabs" role="tablist" aria-label={t('inspector')}>
        {TABS.map((name) => (
          <button
            key={name}
            id={`tab-${name}`}
            type="button"
            role="tab"
            aria-selected={tab === name}
            aria-controls={`panel-${name}`}
            tabIndex={tab === name ? 0 : -1}
            onClick={() => setTab(name)}
            onKeyDown={(event) => {
              if (event.key === 'ArrowRight') choose(1);
              if (event.key === 'ArrowLeft') choose(-1);
            }}
          >
            {t(`tab.${name}`)}
          </button>
        ))}
      </div>
      {TABS.map((name) => (
        <div key={name} id={`panel-${name}`} role="tabpanel" aria-labelledby={`tab-${name}`} hidden={tab !== name}>
          {tab === name && name === 'criteria' && <CriterionTree assessments={assessmentsOf(exchange)} />}
          {tab === name && name === 'request' && (
            <Json title={`POST ${exchange?.path ?? ''}`} value={exchange?.request} />
          )}
          {tab === name && name === 'response' && (
            <Json title={`${exchange?.status ?? ''}`} value={exchange?.response} />
          )}
        </div>
      ))}
    </Section>
  );
}

function Json({ title, value }: { readonly title: string; readonly value: unknown }) {
  const { t } = useWords();
  return (
    <figure class="json">
      <figcaption>{title}</figcaption>
      <pre tabIndex={0} role="region" aria-label={t('json', { what: title })}>
        {value === undefined ? '' : JSON.stringify(value, undefined, 2)}
      </pre>
    </figure>
  );
}
