import type { Outcome, Status } from './verdict.js';

/** What a criterion answered, without any clinical value. */
export interface ReceiptVerdict {
  readonly id: string;
  readonly status: Status;
  readonly reason: string;
  /** `Type/id` of the resources that were looked at, `Type/id#id` of those that they contain. */
  readonly references: readonly string[];
}

/**
 * Why a card said what it said: versions, hashes, verdicts and references; no clinical values, no patient name.
 * One per card.
 */
export interface DecisionReceipt {
  readonly cardUuid: string;
  /** Which card template was shown (for example `not-met`). */
  readonly cardKind: string;
  readonly clientId: string;
  readonly service: string;
  readonly hookInstance: string;
  /** ISO instant of the answer. */
  readonly issuedAt: string;
  readonly asOf: string;
  readonly language: string;
  readonly engineVersion: string;
  readonly protocol: { readonly id: string; readonly version?: string; readonly hash: string };
  readonly cardsHash: string;
  readonly regime: string;
  readonly outcome: Outcome;
  readonly verdicts: readonly ReceiptVerdict[];
  /** Uuids of the suggestions on the card. */
  readonly suggestions: readonly string[];
}
