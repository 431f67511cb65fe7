import type { Day } from './clock.js';
import type { Failure } from './facts/compute-facts.js';
import { type RecordScores, scoreRecord } from './instruments/score-record.js';
import type { Knowledge } from './knowledge.js';
import { inForceOn } from './logic/validity.js';
import { originalReferral, referralDay, referralDayUnknown } from './orders/original-referral.js';
import type { Service } from './protocol/protocol.js';
import type { GatheredRecord } from './schemas/record.js';
import type { Resource } from './schemas/resource.js';
import { type Assessment, type Figures, NOT_IN_FORCE } from './schemas/verdict.js';
import { decide } from './verdicts/decide.js';

/** One order of one patient, and everything that was gathered about that patient. */
export interface AssessmentRequest {
  readonly service: Service;
  readonly record: GatheredRecord;
  readonly order: Resource;
  /** How the call names the order. */
  readonly reference: string;
  /** `Patient/id` of the patient in the call. */
  readonly subject: string;
  readonly asOf: Day;
}

export interface Assessed {
  readonly assessment: Assessment;
  /** What it was assessed on. */
  readonly record: GatheredRecord;
  readonly order: Resource;
  readonly referral: Resource | undefined;
  readonly referralUnknown: boolean;
  /** Dates that the transition rule turns on. */
  readonly transition: Figures;
  readonly scores: RecordScores;
  readonly failures: readonly Failure[];
}

/**
 * Assesses one order by the version of the protocol in force on the day. On a day outside every version the outcome
 * is `unknown` and no criterion is answered: no other version steps in.
 */
export function assessOrder(knowledge: Knowledge, request: AssessmentRequest): Assessed {
  const { service, record, order, asOf, subject } = request;
  const { protocol, versions, instruments } = knowledge.protocols.get(service.protocol)!;
  const questions = knowledge.questions.get(service.id)!;
  const original = originalReferral(order, record, questions);
  const { referral } = original;
  const referralUnknown = referralDayUnknown(original, order);
  const referredOn = referralDay(referral ?? order, asOf);
  const scores = scoreRecord({ instruments, record, asOf });
  const version = inForceOn(
    protocol.versions.map(({ file }) => file),
    asOf,
  );
  const compiled = versions.find(({ version: candidate }) => candidate.file === version);
  const head = {
    schema: 1,
    service: service.id,
    phase: service.phase,
    protocol: version === undefined ? { id: protocol.file.id } : { id: protocol.file.id, version: version.version },
    subject,
    order: request.reference,
    asOf,
    referredOn,
  } as const;
  if (compiled === undefined) {
    const assessment: Assessment = {
      ...head,
      regime: NOT_IN_FORCE,
      outcome: 'unknown',
      criteria: [],
      scores: scores.scores,
    };
    return { assessment, record, order, referral, referralUnknown, transition: {}, scores, failures: [] };
  }
  const { phase } = service;
  const matter = { phase, record, order, referral, asOf, referredOn, referralUnknown, scores: scores.scores };
  const decision = decide(protocol, compiled, matter);
  return {
    assessment: {
      ...head,
      regime: decision.regime,
      outcome: decision.outcome,
      criteria: decision.verdicts,
      scores: scores.scores,
    },
    record,
    order,
    referral,
    referralUnknown,
    transition: decision.transition,
    scores,
    failures: decision.failures,
  };
}
