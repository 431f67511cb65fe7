import { useWords } from '../words/translate';

const STEPS = ['step.choose', 'step.sign', 'step.decide', 'step.change'] as const;

/** What there is to do here, in one line. */
export function Steps() {
  const { t } = useWords();
  return (
    <ol class="steps" aria-label={t('steps')}>
      {STEPS.map((step, index) => (
        <li key={step}>
          <span aria-hidden="true">{index + 1}</span>
          {t(step)}
        </li>
      ))}
    </ol>
  );
}
