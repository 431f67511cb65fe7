import { ofType } from '../api/resource';
import { yearsBetween } from '../chart/days';
import { useSandbox } from '../state/store';
import { useWords } from '../words/translate';
import { Field } from './field';
import { shortName } from './patient-list';

/** Who this is, and what a visitor may look at. */
export function Banner() {
  const { state } = useSandbox();
  const { t, day, language } = useWords();
  const { chart, facts } = state;
  if (chart === undefined) return null;
  const patient = ofType(chart.record, 'Patient')[0];
  const birth = patient?.birthDate;
  return (
    <section class="banner" aria-label={t('patient')}>
      <div class="identity">
        <h2>{shortName(chart.patient.name)}</h2>
        <dl>
          <Field name={t('born')}>
            {birth === undefined
              ? t('not-recorded')
              : `${day(birth)} (${t('years', { years: yearsBetween(birth, facts.today) })})`}
          </Field>
          <Field name={t('sex')}>
            {t(patient?.gender === 'female' ? 'female' : patient?.gender === 'male' ? 'male' : 'not-recorded')}
          </Field>
          <Field name={t('patient-number')}>{patient?.id}</Field>
        </dl>
      </div>
      <p class="look">
        <strong>{chart.patient.title[language]}.</strong> {chart.patient.look[language]}
      </p>
    </section>
  );
}
