import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { overrideCard } from '../state/decide';
import type { ShownCard } from '../state/state';
import { useSandbox } from '../state/store';
import { useWords } from '../words/translate';

/** Why the physician sets this card aside. */
export function OverrideForm({ shown, onClose }: { readonly shown: ShownCard; readonly onClose: () => void }) {
  const { store } = useSandbox();
  const { t } = useWords();
  const { uuid, overrideReasons = [] } = shown.card;
  const [code, setCode] = useState(overrideReasons[0]?.code ?? '');
  const [comment, setComment] = useState('');
  const first = useRef<HTMLSelectElement>(null);
  useLayoutEffect(() => first.current?.focus(), []);
  const reason = overrideReasons.find((candidate) => candidate.code === code);
  return (
    <form
      class="override"
      onSubmit={(event) => {
        event.preventDefault();
        void overrideCard(store, shown, reason, comment.trim());
      }}
    >
      <label for={`reason-${uuid}`}>{t('override-reason')}</label>
      <select id={`reason-${uuid}`} ref={first} value={code} onChange={(event) => setCode(event.currentTarget.value)}>
        {overrideReasons.map((candidate) => (
          <option key={candidate.code} value={candidate.code}>
            {candidate.display ?? candidate.code}
          </option>
        ))}
      </select>
      <label for={`comment-${uuid}`}>{t('comment')}</label>
      <textarea
        id={`comment-${uuid}`}
        rows={2}
        value={comment}
        onInput={(event) => setComment(event.currentTarget.value)}
      />
      <div class="buttons">
        <button type="submit" class="primary">
          {t('override-send')}
        </button>
        <button type="button" class="quiet-button" onClick={onClose}>
          {t('cancel')}
        </button>
      </div>
    </form>
  );
}
