import { ofType } from '../api/resource';
import { currentRecord } from '../state/ask';
import { useSandbox } from '../state/store';
import { useWords } from '../words/translate';
import { conceptText } from './problem-list';
import { Section } from './section';

export function MedicationPanel() {
  const { state } = useSandbox();
  const { t } = useWords();
  const record = currentRecord(state);
  const medicines = [...ofType(record, 'MedicationStatement'), ...ofType(record, 'MedicationRequest')];
  return (
    <Section id="medication" title={t('medication')}>
      {medicines.length === 0 ? (
        <p class="quiet">{t('no-medication')}</p>
      ) : (
        <ul class="lines">
          {medicines.map((medicine) => {
            const dosage =
              medicine.resourceType === 'MedicationStatement' ? medicine.dosage : medicine.dosageInstruction;
            return (
              <li key={medicine.id}>
                <strong>{conceptText(medicine.medicationCodeableConcept) ?? t('not-recorded')}</strong>
                <span class="quiet">{dosage?.map(({ text }) => text).join('; ')}</span>
              </li>
            );
          })}
        </ul>
      )}
    </Section>
  );
}
