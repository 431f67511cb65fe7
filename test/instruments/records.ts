import { loadInstruments } from '../../src/instruments/load.js';
import type { RecordScores } from '../../src/instruments/found-scores.js';
import { scoreRecord } from '../../src/instruments/score-record.js';
import { collectionRecord } from '../../src/record/collection-record.js';
import { EVERY_TYPE } from '../../src/record/gaps.js';
import { indexRecord } from '../../src/record/index-record.js';
import type { Instrument } from '../../src/schemas/instrument.js';
import type { Resource } from '../../src/schemas/resource.js';

export const BASE = 'https://imsr-cds.example/fhir';
export const SCORE = `${BASE}/CodeSystem/imsr-score`;
export const SNOMED = 'http://snomed.info/sct';
export const ORDINAL = 'http://hl7.org/fhir/StructureDefinition/ordinalValue';
export const ITEM_WEIGHT = 'http://hl7.org/fhir/StructureDefinition/itemWeight';
export const AS_OF = '2026-12-01';

const loaded = loadInstruments('hooks/imsr');
if (loaded.value === undefined) throw new Error(`${loaded.findings.length} findings in the instrument files`);
export const instruments: readonly Instrument[] = loaded.value;

/** Scores of a record that holds these resources and nothing else. */
export function scoresOf(resources: readonly unknown[], using: readonly Instrument[] = instruments): RecordScores {
  const record = indexRecord(
    resources.map((resource) => ({ resource: resource as Resource })),
    [{ key: 'record', types: [EVERY_TYPE], state: 'present' }],
  );
  return scoreRecord({ instruments: using, record, asOf: AS_OF });
}

/** Scores of a Bundle of these, of which some may not be readable. */
export function scoresOfBundle(resources: readonly unknown[]): RecordScores {
  const entry = resources.map((resource) => ({ resource }));
  return scoreRecord({
    instruments,
    record: collectionRecord({ resourceType: 'Bundle', type: 'collection', entry }),
    asOf: AS_OF,
  });
}

/** `score id -> value` of the newest scores. */
export function values(scores: RecordScores): Readonly<Record<string, number>> {
  return Object.fromEntries(scores.scores.map(({ instrument, value }) => [instrument, value]));
}

/** `problem code -> detail` per instrument or score, for short expectations. */
export function problems(scores: RecordScores): readonly string[] {
  return scores.problems.map(({ instrument, score, problem }) => `${score ?? instrument}: ${problem}`);
}

/** A form, completed on a day before {@link AS_OF} unless said otherwise. */
export function form(questionnaire: string, item: unknown, more: Readonly<Record<string, unknown>> = {}): unknown {
  return {
    resourceType: 'QuestionnaireResponse',
    id: 'form',
    status: 'completed',
    questionnaire: `${BASE}/Questionnaire/${questionnaire}`,
    authored: '2026-11-20',
    item,
    ...more,
  };
}

/** Items `1`, `2`, … each with one answer. */
export function numbered(answers: readonly unknown[]): readonly unknown[] {
  return answers.map((answer, at) => ({ linkId: `${at + 1}`, answer: [answer] }));
}

/** Items `1`, `2`, … with integers; `null` leaves an item out. */
export function integers(answers: readonly (number | null)[]): readonly unknown[] {
  return answers.flatMap((answer, at) =>
    answer === null ? [] : [{ linkId: `${at + 1}`, answer: [{ valueInteger: answer }] }],
  );
}

export function ordinal(value: number, url = ORDINAL): unknown {
  return { valueCoding: { system: 'urn:synthetic', code: `a${value}`, extension: [{ url, valueDecimal: value }] } };
}

/** A final Observation of a score. */
export function total(code: string, more: Readonly<Record<string, unknown>>): unknown {
  return {
    resourceType: 'Observation',
    id: `total-${code}`,
    status: 'final',
    code: { coding: [{ system: SCORE, code }] },
    effectiveDateTime: '2026-11-20',
    ...more,
  };
}
