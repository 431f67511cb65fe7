import type { Outcome, Status } from '../api/cds-types';
import { useWords } from '../words/translate';
import { Icon } from './icons';

/** A status or outcome: shape, colour and word. */
export function Chip({ of }: { readonly of: Status | Outcome }) {
  const { t } = useWords();
  return (
    <span class={`chip is-${of}`}>
      <Icon name={of} />
      {t(`status.${of}`)}
    </span>
  );
}
