import { useState } from 'preact/hooks';
import type { Suggestion } from '../api/cds-types';
import { acceptSuggestion } from '../state/decide';
import type { Decision, ShownCard } from '../state/state';
import { useSandbox } from '../state/store';
import { useWords } from '../words/translate';
import { Icon } from './icons';
import { Markdown, SafeLink } from './markdown';
import { OverrideForm } from './override-form';

/** One card: how urgent, what, why, and what the physician can do with it. */
export function CardView({ shown }: { readonly shown: ShownCard }) {
  const { state } = useSandbox();
  const { t } = useWords();
  const { card } = shown;
  const decision = state.decisions[card.uuid];
  const [overriding, setOverriding] = useState(false);
  const title = `card-${card.uuid}`;
  return (
    <article
      class={`card is-${card.indicator}${decision?.overridden === undefined ? '' : ' is-overridden'}`}
      aria-labelledby={title}
    >
      <p class="indicator">
        <Icon name={card.indicator} />
        {t(`indicator.${card.indicator}`)}
      </p>
      <h3 id={title}>{card.summary}</h3>
      <p class="source quiet">
        {t('source')}:{' '}
        {card.source.url === undefined ? (
          card.source.label
        ) : (
          <SafeLink href={card.source.url}>{card.source.label}</SafeLink>
        )}
      </p>
      {decision?.overridden !== undefined ? (
        <Overridden decision={decision} />
      ) : (
        <>
          <Suggestions shown={shown} decision={decision} />
          {card.detail !== undefined && (
            <details class="detail" open>
              <summary>{t('explanation')}</summary>
              <Markdown text={card.detail} />
            </details>
          )}
          <div class="card-foot">
            {(card.links ?? []).map(({ label, url }) => (
              <SafeLink key={url} href={url}>
                {label}
              </SafeLink>
            ))}
            {card.overrideReasons !== undefined && !overriding && (
              <button type="button" class="link-button" onClick={() => setOverriding(true)}>
                {t('override')}
              </button>
            )}
          </div>
          {overriding && <OverrideForm shown={shown} onClose={() => setOverriding(false)} />}
        </>
      )}
      {decision !== undefined && (
        <p class="feedback quiet" role="status">
          {t(`feedback.${decision.feedback}`)}
        </p>
      )}
    </article>
  );
}

function Suggestions({ shown, decision }: { readonly shown: ShownCard; readonly decision: Decision | undefined }) {
  const { store } = useSandbox();
  const { t } = useWords();
  const { suggestions = [], selectionBehavior } = shown.card;
  if (suggestions.length === 0) return null;
  const accepted = decision?.accepted ?? [];
  const closed = selectionBehavior === 'at-most-one' && accepted.length > 0;
  return (
    <div class="suggestions" role="group" aria-label={t('suggestions')}>
      {suggestions.map((suggestion) =>
        accepted.includes(suggestion.uuid) ? (
          <p key={suggestion.uuid} class="accepted">
            <Icon name="met" />
            {suggestion.label} · {t('accepted')}
          </p>
        ) : (
          <button
            key={suggestion.uuid}
            type="button"
            class={suggestion.isRecommended === true ? 'suggestion recommended' : 'suggestion'}
            disabled={closed}
            title={actionText(suggestion)}
            onClick={() => void acceptSuggestion(store, shown, suggestion)}
          >
            {suggestion.label}
          </button>
        ),
      )}
    </div>
  );
}

function actionText({ actions = [] }: Suggestion): string {
  return actions.map(({ description }) => description).join('; ');
}

function Overridden({ decision }: { readonly decision: Decision }) {
  const { t } = useWords();
  const { reason, comment } = decision.overridden ?? { reason: undefined, comment: '' };
  return (
    <p class="overridden">
      {t('overridden')}: {reason?.display ?? t('no-reason')}
      {comment === '' ? '' : ` (${comment})`}
    </p>
  );
}
