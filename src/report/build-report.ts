import type { RecordScores } from '../instruments/found-scores.js';
import { isReferralDayTold } from '../orders/original-referral.js';
import type { Protocol } from '../protocol/protocol.js';
import type { Instrument } from '../schemas/instrument.js';
import type { GatheredRecord } from '../schemas/record.js';
import type { Resource } from '../schemas/resource.js';
import type { Assessment, Figures } from '../schemas/verdict.js';
import type { CompiledVersion } from '../verdicts/compile-version.js';
import { fillFields } from './fill-fields.js';
import { type FailureHeard, matterVariables } from './matter-variables.js';
import type { Report } from './report.js';
import { reportPatient } from './report-patient.js';
import type { ReportPlan } from './report-plan.js';
import { scoreCharts } from './score-charts.js';
import { treatmentTimeline } from './treatment-timeline.js';

/** An order as it was assessed, with what the report of its protocol needs. */
export interface ReportRequest {
  readonly protocol: Protocol;
  readonly instruments: readonly Instrument[];
  /** The version by which it was assessed and the plan of its report; absent when none was in force. */
  readonly inForce: { readonly version: CompiledVersion; readonly plan: ReportPlan } | undefined;
  readonly record: GatheredRecord;
  readonly order: Resource;
  readonly referral: Resource | undefined;
  readonly referralUnknown: boolean;
  readonly assessment: Assessment;
  /** Dates that the transition rule turns on. */
  readonly transition: Figures;
  readonly scores: RecordScores;
  /** Told of each rule of the report that could not be evaluated; what rests on it is shown as missing. */
  readonly failed: FailureHeard;
}

/**
 * The report about one assessed order. Pure: the same record and the same files give the same report, and nothing in a
 * record makes it throw.
 */
export function buildReport(request: ReportRequest): Report {
  const { protocol, instruments, record, order, referral, assessment, scores } = request;
  const { title, sourceLabel, sourceUrl } = protocol.file;
  const definitions = instruments.flatMap(({ scores: all }) => all);
  const { referredOn } = assessment;
  const head = {
    assessment,
    verdicts: new Map(assessment.criteria.map((verdict) => [verdict.id, verdict])),
    transition: request.transition,
    referredOn: isReferralDayTold(request) ? referredOn : undefined,
    protocol: { title, sourceLabel, sourceUrl },
    order,
    patient: reportPatient(record, assessment.subject),
    scoreCodes: Object.fromEntries(definitions.map(({ id, codes }) => [id, codes])),
    scoreDirections: Object.fromEntries(definitions.map(({ id, direction }) => [id, direction])),
  };
  if (request.inForce === undefined) return { ...head, fields: [], charts: [] };
  const { version, plan } = request.inForce;
  const matter = { ...assessment, record, order, referral, referralUnknown: request.referralUnknown };
  const known = matterVariables(protocol, version, matter, plan.uses, request.failed);
  const instrumentOf = new Map(
    instruments.flatMap(({ id, scores: all }) => all.map((score) => [score.id, id] as const)),
  );
  return {
    ...head,
    codes: plan.file.document,
    fields: fillFields(plan.fields, { record, known, scores, instrumentOf }),
    charts: scoreCharts(plan.file, scores, instruments, instrumentOf),
    timeline: treatmentTimeline(plan.timeline, record, known, { ...head, asOf: assessment.asOf }),
  };
}
