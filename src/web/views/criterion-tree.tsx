import type { Assessment, Criterion } from '../api/cds-types';
import { type CriterionGroup, groupCriteria } from '../chart/criterion-groups';
import { useSandbox } from '../state/store';
import { useWords } from '../words/translate';
import { Chip } from './chip';
import { CriterionView } from './criterion-view';
import { Field } from './field';

/** Every assessment in an answer, as a tree: outcome, groups of the indication document, criteria, parts. */
export function CriterionTree({ assessments }: { readonly assessments: readonly Assessment[] }) {
  const { t } = useWords();
  if (assessments.length === 0) return <p class="quiet">{t('no-assessment')}</p>;
  return (
    <>
      {assessments.map((assessment) => (
        <AssessmentView key={`${assessment.service}-${assessment.order}`} assessment={assessment} />
      ))}
    </>
  );
}

function AssessmentView({ assessment }: { readonly assessment: Assessment }) {
  const { state } = useSandbox();
  const { t, day, language } = useWords();
  const { outcome, regime, asOf, referredOn, protocol, order, service, criteria = [] } = assessment;
  return (
    <div class="assessment">
      <dl class="facts">
        <Field name={t('outcome')}>
          <Chip of={outcome} />
        </Field>
        <Field name={t('order')}>{order}</Field>
        <Field name={t('service')}>{service}</Field>
        <Field name={t('protocol')}>{protocol.version ?? protocol.id}</Field>
        <Field name={t('as-of')}>{day(asOf)}</Field>
        <Field name={t('referred-on')}>{day(referredOn)}</Field>
        <Field name={t('regime')} class="wide">
          {state.criterionWords.regimes[regime]?.[language] ?? regime}
        </Field>
      </dl>
      <ul class="tree">
        {groupCriteria(criteria).map((group) => (
          <GroupView key={group.key} group={group} />
        ))}
      </ul>
    </div>
  );
}

function GroupView({ group }: { readonly group: CriterionGroup }) {
  const { t } = useWords();
  const title = group.number === undefined ? t(`group.${group.kind}`) : t('group.criterion', { number: group.number });
  const all = group.criteria.flatMap(({ criterion, parts }) => [criterion, ...parts]);
  return (
    <li>
      <details open={all.some(({ status }) => status !== 'met' && status !== 'not-applicable')}>
        <summary>
          <strong>{title}</strong>
          <Tally criteria={all} />
        </summary>
        <ul>
          {group.criteria.map(({ criterion, parts }) => (
            <li key={criterion.id}>
              <CriterionView criterion={criterion} />
              {parts.length > 0 && (
                <ul class="parts">
                  {parts.map((part) => (
                    <li key={part.id}>
                      <CriterionView criterion={part} />
                    </li>
                  ))}
                </ul>
              )}
            </li>
          ))}
        </ul>
      </details>
    </li>
  );
}

const ORDER = ['not-met', 'review', 'unknown', 'met', 'not-applicable'] as const;

/** How many of each status. */
function Tally({ criteria }: { readonly criteria: readonly Criterion[] }) {
  const { t } = useWords();
  const counted = ORDER.map((status) => ({
    status,
    number: criteria.filter((criterion) => criterion.status === status).length,
  }));
  return (
    <span class="tally">
      {counted
        .filter(({ number }) => number > 0)
        .map(({ status, number }) => (
          <span key={status} class={`count is-${status}`}>
            {number} {t(`status.${status}`)}
          </span>
        ))}
    </span>
  );
}
