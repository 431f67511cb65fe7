import { FHIR_ID } from '../../schemas/fhir-id.js';
import type { Score } from '../../schemas/verdict.js';
import type { Report, ReportCodes } from '../report.js';
import type { ReportWords } from '../report-words.js';

/** Whether a score may be told as a fact of a certain day or time. */
const DATE = /^\d{4}(-\d{2}(-\d{2})?)?$/;
/** A `Type/id` that FHIR would accept as a reference. */
const REFERENCE = new RegExp(`^(Observation|QuestionnaireResponse)/${FHIR_ID}$`);

/** One score as an Observation of this document, derived from what it was read from. */
export function scoreObservation(
  score: Score,
  report: Report,
  codes: ReportCodes,
  subject: string,
  words: ReportWords,
) {
  const told = words.score(score.instrument);
  const direction = report.scoreDirections[score.instrument] ?? 'none';
  const coding = (report.scoreCodes[score.instrument] ?? []).map(({ system, code }) => ({ system, code }));
  const scale = direction !== 'none';
  return {
    resourceType: 'Observation',
    status: 'final',
    category: [{ coding: [codes.observationCategory] }],
    code: { coding, text: told },
    subject: { reference: subject },
    ...(score.date !== undefined && DATE.test(score.date) ? { effectiveDateTime: score.date } : {}),
    ...(scale
      ? {
          valueQuantity: { value: score.value, system: 'http://unitsofmeasure.org', code: '{score}', unit: 'score' },
          referenceRange: [
            {
              low: { value: score.min },
              high: { value: score.max },
              text: `${words.say('score-range', { min: words.number(score.min), max: words.number(score.max) })}; ${words.direction(score.instrument, direction)}`,
            },
          ],
        }
      : { valueBoolean: true }),
    ...(REFERENCE.test(score.reference)
      ? { derivedFrom: [{ reference: score.reference, type: score.reference.split('/')[0]! }] }
      : {}),
  };
}
