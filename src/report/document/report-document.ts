import type { NewId } from '../../ids.js';
import { isDay } from '../../logic/calendar.js';
import type { Report, ReportField, ReportPatient } from '../report.js';
import { TEST_TAG } from '../report-patient.js';
import type { ReportWords } from '../report-words.js';
import { criteriaNarrative, fieldNarrative, type Narrative, scoresNarrative, summaryNarrative } from './narrative.js';
import { scoreObservation } from './score-observation.js';

/** FHIR R4 Bundle of type document: a Composition first, then everything that it refers to. */
export interface DocumentBundle {
  readonly resourceType: 'Bundle';
  readonly type: 'document';
  readonly [element: string]: unknown;
}

export interface DocumentOptions {
  readonly newId: NewId;
  /** Instant, ISO 8601 with an offset or `Z`. */
  readonly madeAt: string;
}

interface Section {
  readonly title: string;
  readonly code?: { readonly coding: readonly { readonly system: string; readonly code: string }[] };
  readonly text: Narrative;
  readonly entry?: readonly { readonly reference: string }[];
  readonly emptyReason?: object;
}

interface Entry {
  readonly fullUrl: string;
  readonly resource: object;
}

const UNAVAILABLE = {
  coding: [
    { system: 'http://terminology.hl7.org/CodeSystem/list-empty-reason', code: 'unavailable', display: 'Unavailable' },
  ],
};

/**
 * The report as a FHIR document. It is preliminary and its author is this service: it becomes final when a physician
 * has reviewed it, which is not for this service to say.
 *
 * @source FHIR R4, Documents; Composition (cmp-1, cmp-2); Bundle (bdl-9 to bdl-12)
 */
export function reportDocument(report: Report, words: ReportWords, { newId, madeAt }: DocumentOptions): DocumentBundle {
  const urn = (): string => `urn:uuid:${newId()}`;
  const [patient, device, composition] = [urn(), urn(), urn()];
  const observations = observationsOf(report, words, patient, urn);
  const entries: Entry[] = [
    { fullUrl: composition, resource: compositionOf(report, words, madeAt, { patient, device }, observations) },
    { fullUrl: patient, resource: patientOf(report.patient, words) },
    { fullUrl: device, resource: { resourceType: 'Device', deviceName: [{ name: 'imsr-cds', type: 'model-name' }] } },
    ...observations.map(({ fullUrl, resource }) => ({ fullUrl, resource })),
  ];
  return {
    resourceType: 'Bundle',
    language: words.language,
    identifier: { system: 'urn:ietf:rfc:3986', value: urn() },
    type: 'document',
    timestamp: madeAt,
    entry: entries,
  };
}

interface ScoreEntry extends Entry {
  readonly score: string;
}

/** Every score of the charts and of the fields, each once. */
function observationsOf(report: Report, words: ReportWords, subject: string, urn: () => string): readonly ScoreEntry[] {
  const { codes } = report;
  if (codes === undefined) return [];
  const charted = report.charts.flatMap(({ series }) =>
    series.flatMap(({ points, otherScale }) => [...points, ...otherScale]),
  );
  const listed = report.fields.flatMap(({ scores }) => scores.flatMap((group) => group.scores));
  return [...new Set([...charted, ...listed])].map((score) => ({
    fullUrl: urn(),
    score: score.instrument,
    resource: scoreObservation(score, report, codes, subject, words),
  }));
}

function compositionOf(
  report: Report,
  words: ReportWords,
  madeAt: string,
  { patient, device }: { readonly patient: string; readonly device: string },
  observations: readonly ScoreEntry[],
): object {
  const title = words.say('page-title');
  const type = report.codes === undefined ? {} : { coding: [report.codes.type] };
  const used = new Set<string>();
  const fields = report.fields.map((field) => fieldSection(field, report, words, observations, used));
  const others = observations
    .filter(({ fullUrl }) => !used.has(fullUrl))
    .map(({ fullUrl }) => ({ reference: fullUrl }));
  const checks: readonly Section[] =
    report.assessment.criteria.length === 0
      ? []
      : [
          { title: words.say('heading-criteria'), text: criteriaNarrative(report, words) },
          {
            title: words.say('heading-scores'),
            text: scoresNarrative(report, words),
            ...(others.length === 0 ? {} : { entry: others }),
          },
        ];
  return {
    resourceType: 'Composition',
    language: words.language,
    text: summaryNarrative(report, words),
    status: 'preliminary',
    type: { ...type, text: title },
    subject: { reference: patient },
    date: madeAt,
    author: [{ reference: device, display: 'imsr-cds' }],
    title,
    confidentiality: 'N',
    ...(fields.length + checks.length === 0 ? {} : { section: [...fields, ...checks] }),
  };
}

/** A field as a section; one of which nothing is known says so by an empty reason as well as in words. */
function fieldSection(
  field: ReportField,
  report: Report,
  words: ReportWords,
  observations: readonly ScoreEntry[],
  used: Set<string>,
): Section {
  const wanted = new Set(field.scores.flatMap(({ scores }) => scores.map(({ instrument }) => instrument)));
  const entry = observations.filter(({ score }) => wanted.has(score)).map(({ fullUrl }) => ({ reference: fullUrl }));
  for (const { reference } of entry) used.add(reference);
  const system = report.codes?.sections;
  return {
    title: `${field.number}. ${words.term('fields', field.id)}`,
    ...(system === undefined ? {} : { code: { coding: [{ system, code: field.id }] } }),
    text: fieldNarrative(field, report, words),
    ...(entry.length > 0 ? { entry } : field.state === 'empty' ? { emptyReason: UNAVAILABLE } : {}),
  };
}

function patientOf(patient: ReportPatient, words: ReportWords): object {
  const { name, gender, birthDate, identifiers, synthetic } = patient;
  return {
    resourceType: 'Patient',
    ...(synthetic ? { meta: { tag: [TEST_TAG] } } : {}),
    ...(identifiers.length === 0 ? {} : { identifier: identifiers }),
    name: [{ text: name ?? words.say('no-name') }],
    ...(gender === undefined ? {} : { gender }),
    ...(birthDate !== undefined && (birthDate.length < 10 || isDay(birthDate)) ? { birthDate } : {}),
  };
}
