import type { Lane } from '../chart/sessions';
import { useWords } from '../words/translate';

const SWATCHES = {
  referral: <line x1="8" x2="8" y1="1" y2="15" class="moment referral" />,
  today: <line x1="8" x2="8" y1="1" y2="15" class="moment today" />,
  window: <rect x="1" y="2" width="14" height="12" rx="3" class="window" />,
  form: <rect x="1" y="4" width="14" height="8" rx="4" class="session form" />,
  added: <rect x="6.5" y="0" width="3" height="16" rx="1.5" class="session added" />,
} as const;

/** What the marks of the timeline mean; only those that are on it. */
export function TimelineLegend({ lanes }: { readonly lanes: readonly Lane[] }) {
  const { t } = useWords();
  const sessions = lanes.flatMap((lane) => lane.sessions);
  const shown = {
    window: true,
    referral: true,
    today: true,
    form: lanes.some(({ source }) => source === 'form'),
    added: sessions.some(({ added }) => added),
  };
  return (
    <ul class="legend timeline" aria-hidden="true">
      {(['window', 'referral', 'today', 'form', 'added'] as const)
        .filter((name) => shown[name])
        .map((name) => (
          <li key={name}>
            <svg viewBox="0 0 16 16" width="16" height="16">
              {SWATCHES[name]}
            </svg>
            {t(`legend.${name}`)}
          </li>
        ))}
    </ul>
  );
}
