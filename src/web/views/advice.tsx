import { shownCards } from '../state/state';
import { assessmentShown } from '../state/shown';
import { useSandbox } from '../state/store';
import { useWords } from '../words/translate';
import { CardView } from './card-view';
import { Chip } from './chip';
import { Section } from './section';

/** The cards of the last hook, inline beside the order as an EHR shows them. */
export function Advice() {
  const { state } = useSandbox();
  const { t } = useWords();
  const cards = shownCards(state);
  const assessment = assessmentShown(state);
  const announcement = state.busy
    ? ''
    : [t('cards-shown', { number: cards.length }), ...cards.map(({ card }) => card.summary)].join('. ');
  return (
    <div
      id="advice"
      class="advice"
      tabIndex={-1}
      data-hook={state.busy ? '' : (state.hook ?? '')}
      data-outcome={assessment?.outcome}
    >
      <Section id="cards" title={t('advice')} aside={assessment !== undefined && <Chip of={assessment.outcome} />}>
        <p class="hidden" aria-live="polite">
          {announcement}
        </p>
        <p class="quiet hook-line">{t(`hook.${state.hook ?? 'none'}`)}</p>
        {state.fault === 'asking' && (
          <p class="fault" role="alert">
            {t('fault.asking')}
          </p>
        )}
        {cards.length === 0 && !state.busy && state.fault === undefined && <p class="quiet">{t('no-cards')}</p>}
        {cards.map((shown) => (
          <CardView key={shown.card.uuid} shown={shown} />
        ))}
      </Section>
    </div>
  );
}
