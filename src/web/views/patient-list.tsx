import { useSandbox } from '../state/store';
import { useWords } from '../words/translate';

/** All synthetic patients: a list beside the chart, and on a narrow screen one choice above it. */
export function PatientList() {
  const { state } = useSandbox();
  const { t, language } = useWords();
  const current = state.chart?.patient.id;
  return (
    <nav class="patients" aria-label={t('patients')}>
      <h2>{t('patients')}</h2>
      <label class="patient-choice">
        {t('patients')}
        <select value={current} onChange={(event) => (location.hash = event.currentTarget.value)}>
          {state.patients.map(({ id, name, title }) => (
            <option key={id} value={id} selected={id === current}>
              {shortName(name)} · {title[language]}
            </option>
          ))}
        </select>
      </label>
      <ul>
        {state.patients.map(({ id, name, title }) => (
          <li key={id}>
            <a href={`#${id}`} aria-current={id === current ? 'page' : undefined}>
              <strong>{shortName(name)}</strong>
              <span>{title[language]}</span>
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** Every patient here is synthetic and the page says so; the mark in each name need not be repeated. */
export function shortName(name: string): string {
  return name.replace(/ \(synthetic\)$/, '');
}
