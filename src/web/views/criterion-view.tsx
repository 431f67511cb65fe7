import type { Criterion } from '../api/cds-types';
import { useSandbox } from '../state/store';
import { useWords } from '../words/translate';
import { Chip } from './chip';
import { Field } from './field';

/** One criterion: its answer, why, from what, what is missing and where it is written. */
export function CriterionView({ criterion }: { readonly criterion: Criterion }) {
  const { state } = useSandbox();
  const { t, day, language, maybe } = useWords();
  const { id, status, effect, reason, readings, evidence = [], missing = [], figures, source } = criterion;
  const words = state.criterionWords;
  const shownValue = (value: unknown): string => (typeof value === 'string' ? day(value) : String(value));
  return (
    <div class={`criterion is-${status}`}>
      <Chip of={status} />
      <div class="criterion-text">
        <p>
          <strong>{words.criteria[id]?.[language] ?? id}</strong>{' '}
          <span class="quiet">{maybe(`effect.${effect}`) ?? effect}</span>
        </p>
        <dl>
          <Field name={t('reason-code')}>
            <code>{reason}</code>
            {figures !== undefined && (
              <span class="figures">
                {' '}
                {Object.entries(figures)
                  .map(([name, value]) => `${name} ${shownValue(value)}`)
                  .join(' · ')}
              </span>
            )}
          </Field>
          {Object.entries(readings ?? {}).map(([reading, answer]) => (
            <Field key={reading} name={t('reading')}>
              {words.readings[reading]?.[language] ?? reading}: <Chip of={answer} />
            </Field>
          ))}
          {missing.length > 0 && (
            <Field name={t('missing')}>
              {missing.map((name) => words.missing[name]?.[language] ?? name).join(', ')}
            </Field>
          )}
          {evidence.length > 0 && (
            <Field name={t('evidence')}>
              <Evidence criterion={criterion} />
            </Field>
          )}
          <Field name={t('source')}>
            {words.documents[source.document]?.[language] ?? source.document},{' '}
            {words.sections[source.section]?.[language] ?? source.section} · <code>{id}</code>
          </Field>
        </dl>
      </div>
    </div>
  );
}

const SHOWN_EVIDENCE = 4;

function Evidence({ criterion }: { readonly criterion: Criterion }) {
  const { t, day } = useWords();
  const { evidence = [] } = criterion;
  const rest = evidence.length - SHOWN_EVIDENCE;
  return (
    <>
      {evidence.slice(0, SHOWN_EVIDENCE).map(({ reference, path, value }, index) => (
        <span key={index} class="evidence">
          <code>
            {reference} · {path}
          </code>
          {value === undefined ? '' : ` = ${typeof value === 'string' ? day(value) : String(value)}`}
        </span>
      ))}
      {rest > 0 && <span class="quiet">{t('and-more', { number: rest })}</span>}
    </>
  );
}
