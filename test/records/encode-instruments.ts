import type { Observation, QuestionnaireResponse, QuestionnaireResponseItem, Resource } from 'fhir/r4.js';
import { addDays } from './calendar.js';
import { BASE, ORDINAL_VALUE, SNOMED, score } from './codings.js';
import type { Encoding } from './encoding.js';
import { subjectOf, type SyntheticPatient } from './synthetic-patient.js';
import type { InstrumentFacts } from './vignettes.js';

/** Published SF-12 check cases: twelve printed answers, physical and mental score. */
const sf12Scores: Readonly<Record<string, readonly [number, number]>> = {
  '4 2 1 1 1 1 1 4 4 5 3 3': [30.67599, 32.55855],
  '4 2 2 1 1 1 2 4 5 5 3 2': [31.63234, 32.76221],
  '5 2 1 1 1 1 1 3 6 6 3 1': [30.25422, 25.06415],
};

/** Spreads a total over items, as evenly as whole numbers allow; every item stays at or under its maximum. */
export function spread(total: number, items: number, max: number): readonly number[] {
  if (total < 0 || total > items * max) throw new RangeError(`${total} does not fit in ${items} items of ${max}`);
  return Array.from({ length: items }, (_, at) => Math.floor(total / items) + (at < total % items ? 1 : 0));
}

interface Answered {
  readonly questionnaire: string;
  readonly items: QuestionnaireResponseItem[];
}

function answerItem(linkId: string, value: number, encoding: Encoding): QuestionnaireResponseItem {
  if (encoding.instruments !== 'ordinals') return { linkId, answer: [{ valueInteger: value }] };
  return {
    linkId,
    answer: [
      {
        valueCoding: {
          extension: [{ url: ORDINAL_VALUE, valueDecimal: value }],
          system: `${BASE}/CodeSystem/synthetic-answer`,
          code: `answer-${value}`,
        },
      },
    ],
  };
}

function answeredForms(instr: InstrumentFacts, encoding: Encoding): readonly Answered[] {
  const forms: Answered[] = [];
  const numbered = (questionnaire: string, values: readonly (number | null)[]) =>
    forms.push({
      questionnaire,
      items: values.flatMap((value, at) => (value === null ? [] : [answerItem(`${at + 1}`, value, encoding)])),
    });
  if (typeof instr.pdi === 'number') numbered('pdi', spread(instr.pdi, 7, 10));
  if (instr.psk) {
    forms.push({
      questionnaire: 'psk',
      items: instr.psk.map((value, at) => ({
        linkId: 'complaint',
        item: [
          { linkId: 'complaint.activity', answer: [{ valueString: `Synthetische activiteit ${at + 1}` }] },
          answerItem('complaint.score', value, encoding),
        ],
      })),
    });
  }
  if (instr.sf12) numbered('sf-12', instr.sf12);
  if (instr.hads) {
    const [anxiety, depression] = [spread(instr.hads[0], 7, 3), spread(instr.hads[1], 7, 3)];
    numbered(
      'hads',
      anxiety.flatMap((value, at) => [value, depression[at] ?? null]),
    );
  }
  if (typeof instr.pcs === 'number') numbered('pain-catastrophizing-scale', spread(instr.pcs, 13, 4));
  if (typeof instr.was === 'number') numbered('work-ability', [instr.was]);
  if (instr.avp) {
    forms.push({
      questionnaire: 'general-pain-questionnaire',
      items: [{ linkId: '1', answer: [{ valueString: 'Ingevuld (synthetisch)' }] }],
    });
  }
  return forms;
}

function observationOf(patient: SyntheticPatient, on: string, code: string, suffix: string): Observation {
  return {
    resourceType: 'Observation',
    id: `score-${code}${suffix}`,
    status: 'final',
    category: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'survey' }] }],
    code: { coding: [score(code)] },
    subject: subjectOf(patient),
    effectiveDateTime: on,
  };
}

function painNrs(patient: SyntheticPatient, on: string, value: number, encoding: Encoding): Observation {
  const observation = { ...observationOf(patient, on, 'pain-nrs', ''), valueInteger: value };
  if (encoding.instruments !== 'ordinals') return observation;
  return {
    ...observation,
    code: { coding: [{ system: SNOMED, code: '225908003', display: 'Pain score' }] },
    method: { coding: [{ system: 'urn:oid:2.16.840.1.113883.2.4.3.11.60.40.4.9.1', code: 'NRS' }] },
  };
}

function totals(patient: SyntheticPatient, on: string, instr: InstrumentFacts, suffix: string): readonly Observation[] {
  const whole = (code: string, value: number | null | undefined): readonly Observation[] =>
    typeof value === 'number' ? [{ ...observationOf(patient, on, code, suffix), valueInteger: value }] : [];
  const decimal = (code: string, value: number | undefined): readonly Observation[] =>
    value === undefined ? [] : [{ ...observationOf(patient, on, code, suffix), valueQuantity: { value } }];
  const psk = instr.psk ? instr.psk.reduce((sum, value) => sum + value, 0) / instr.psk.length : undefined;
  const sf12 = instr.sf12 ? sf12Scores[instr.sf12.join(' ')] : undefined;
  if (instr.sf12 && sf12 === undefined) throw new RangeError('no published scores for these SF-12 answers');
  return [
    ...whole('pdi', instr.pdi),
    ...decimal('psk', psk),
    ...decimal('sf12-physical', sf12?.[0]),
    ...decimal('sf12-mental', sf12?.[1]),
    ...whole('hads-anxiety', instr.hads?.[0]),
    ...whole('hads-depression', instr.hads?.[1]),
    ...whole('pain-catastrophizing', instr.pcs),
    ...whole('work-ability', instr.was),
    ...(instr.avp ? [{ ...observationOf(patient, on, 'general-pain-questionnaire', suffix), valueBoolean: true }] : []),
  ];
}

/** The questionnaires and scores, eleven days old on the day of the assessment, and what was measured before. */
export function encodeInstruments(patient: SyntheticPatient, encoding: Encoding): readonly Resource[] {
  const on = addDays(patient.asOf, -11);
  const { instr, wpn } = patient.facts;
  const current =
    encoding.instruments === 'totals'
      ? totals(patient, on, instr, '')
      : answeredForms(instr, encoding).map(({ questionnaire, items }): QuestionnaireResponse => ({
          resourceType: 'QuestionnaireResponse',
          id: `answers-${questionnaire}`,
          questionnaire: `${BASE}/Questionnaire/${questionnaire}`,
          status: 'completed',
          subject: subjectOf(patient),
          authored: on,
          item: items,
        }));
  return [
    ...current,
    ...(typeof instr.nrs === 'number' ? [painNrs(patient, on, instr.nrs, encoding)] : []),
    ...(encoding.instruments === 'totals' && wpn !== null
      ? [{ ...observationOf(patient, on, 'wpn-level', ''), valueInteger: wpn }]
      : []),
    ...(patient.earlier ?? []).flatMap(({ on: day, instr: older }) => totals(patient, day, older, `-${day}`)),
  ];
}
