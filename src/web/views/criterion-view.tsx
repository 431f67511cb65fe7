import type { Criterion } from '../api/cds-types';
import { useSandbox } from '../state/store';
import { useWords } from '../words/translate';
import { Chip } from './chip';

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
          <div>
            <dt>{t('reason-code')}</dt>
            <dd>
              <code>{reason}</code>
              {figures !== undefined && (
                <span class="figures">
                  {' '}
                  {Object.entries(figures)
                    .map(([name, value]) => `${name} ${shownValue(value)}`)
                    .join(' · ')}
                </span>
              )}
            </dd>
          </div>
          {Object.entries(readings ?? {}).map(([reading, answer]) => (
            <div key={reading}>
              <dt>{t('reading')}</dt>
              <dd>
                {words.readings[reading]?.[language] ?? reading}: <Chip of={answer} />
              </dd>
            </div>
          ))}
          {missing.length > 0 && (
            <div>
              <dt>{t('missing')}</dt>
              <dd>{missing.map((name) => words.missing[name]?.[language] ?? name).join(', ')}</dd>
            </div>
          )}
          {evidence.length > 0 && (
            <div>
              <dt>{t('evidence')}</dt>
              <dd>
                <Evidence criterion={criterion} />
              </dd>
            </div>
          )}
          <div>
            <dt>{t('source')}</dt>
            <dd>
              {words.documents[source.document]?.[language] ?? source.document},{' '}
              {words.sections[source.section]?.[language] ?? source.section} · <code>{id}</code>
            </dd>
          </div>
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
