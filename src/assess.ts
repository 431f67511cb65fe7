import type { Day } from './clock.js';
import type { Failure } from './facts/compute-facts.js';
import type { RecordScores } from './instruments/found-scores.js';
import { scoreRecord } from './instruments/score-record.js';
import type { Knowledge } from './knowledge.js';
import { inForceOn } from './logic/validity.js';
import type { CompiledService } from './orders/order-questions.js';
import { originalReferral, referralDay, referralDayUnknown } from './orders/original-referral.js';
import type { GatheredRecord } from './schemas/record.js';
import type { Resource } from './schemas/resource.js';
import { type Assessment, type Figures, NOT_IN_FORCE } from './schemas/verdict.js';
import { decide, type Decision } from './verdicts/decide.js';

/** One order of one patient, and everything that was gathered about that patient. */
export interface AssessmentRequest {
  readonly service: CompiledService;
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
  /** What it was assessed for, and on. */
  readonly service: CompiledService;
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
  const { phase } = service;
  const { protocol, versions, instruments } = knowledge.protocols.get(service.protocol)!;
  const original = originalReferral(order, record, service.questions);
  const { referral } = original;
  const referralUnknown = referralDayUnknown(original, order);
  const referredOn = referralDay(referral ?? order, asOf);
  const recordScores = scoreRecord({ instruments, record, asOf });
  const { scores } = recordScores;
  const inForce = inForceOn(
    protocol.versions.map(({ file }) => file),
    asOf,
  );
  const compiled = versions.find(({ version }) => version.file === inForce);
  const matter = { phase, record, order, referral, asOf, referredOn, referralUnknown, scores };
  const { regime, outcome, verdicts, transition, failures } =
    compiled === undefined ? UNDECIDED : decide(protocol, compiled, matter);
  const { id } = protocol.file;
  return {
    assessment: {
      schema: 1,
      service: service.id,
      phase,
      protocol: inForce === undefined ? { id } : { id, version: inForce.version },
      subject,
      order: request.reference,
      asOf,
      referredOn,
      regime,
      outcome,
      criteria: verdicts,
      scores,
    },
    service,
    record,
    order,
    referral,
    referralUnknown,
    transition,
    scores: recordScores,
    failures,
  };
}

/** What is decided by no version of a protocol. */
const UNDECIDED: Decision = { regime: NOT_IN_FORCE, outcome: 'unknown', verdicts: [], transition: {}, failures: [] };
