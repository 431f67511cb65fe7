import type { Day } from '../clock.js';
import type { FeedbackItem } from '../schemas/feedback.js';
import type { Log } from '../schemas/log.js';
import type { DecisionReceipt } from '../schemas/receipt.js';
import type { ReplayGuard } from '../schemas/replay.js';
import type { Status } from '../schemas/verdict.js';

/** Where the store says what went wrong: codes and counts only. */
export type StoreLog = Pick<Log, 'info' | 'warn' | 'error'>;

/** Which cards a report is about; what is absent does not restrict. Days are Dutch calendar days, both inclusive. */
export interface FeedbackFilter {
  readonly clientId?: string | undefined;
  readonly service?: string | undefined;
  readonly from?: Day | undefined;
  readonly to?: Day | undefined;
  /** Also hand out the physicians' free comments, which may hold patient data. Never on by itself. */
  readonly comments?: boolean | undefined;
}

/** How often one override reason was given; without `code` for overrides that named none. */
export interface OverrideReasonCount {
  readonly system?: string | undefined;
  readonly code?: string | undefined;
  readonly count: number;
}

/** What became of the cards of one kind: of all of them, or of those on which one criterion stood open. */
export interface FeedbackReportRow {
  readonly cardKind: string;
  /** Absent in the row over all cards of this kind. */
  readonly criterion?: string | undefined;
  /** How the criterion stood on those cards: `not-met`, `unknown` or `review`. */
  readonly status?: Status | undefined;
  /** Cards handed out. */
  readonly shown: number;
  /** Cards whose last feedback is `accepted`. */
  readonly accepted: number;
  /** Cards whose last feedback is `overridden`. */
  readonly overridden: number;
  /** Most frequent first. */
  readonly overrideReasons: readonly OverrideReasonCount[];
  /** Only when asked for, and only in the row over all cards of a kind. */
  readonly comments?: readonly string[] | undefined;
}

/** Rows that retention or a deletion removed. */
export interface Removed {
  readonly receipts: number;
  readonly feedback: number;
  readonly tokens: number;
}

/**
 * Receipts of the cards that were handed out, the feedback about them, and the tokens that were used.
 *
 * A card belongs to the client that got it. Everything is kept until {@link Store.applyRetention} or
 * {@link Store.deleteClient} removes it.
 */
export interface Store extends ReplayGuard {
  /** Hands receipts over to be written soon; never waits and never throws, so that it cannot hold up a card. */
  enqueueReceipts(receipts: readonly DecisionReceipt[]): void;
  /** Writes receipts, all or none; durable once it resolves. A card that has a receipt already keeps it. */
  saveReceipts(receipts: readonly DecisionReceipt[]): Promise<void>;
  /** The receipt of a card, also while it still waits to be written. */
  findReceipt(cardUuid: string): Promise<DecisionReceipt | undefined>;
  /**
   * Keeps a batch of feedback, all of it or nothing; durable, with the receipts it is about, once it resolves. An item
   * that is there already is not stored twice; another item about the same card is kept beside the earlier one.
   *
   * @param receivedAtMs milliseconds since the epoch
   * @throws RangeError when an item is nested deeper than can be followed: the same batch will never be stored
   * @throws FEEDBACK_CARD_UNKNOWN when a card is unknown or went to another client, with the places of the first 50 such items
   * @throws FEEDBACK_NOT_STORED when the store is full or cannot be reached; the same batch may be sent again
   */
  saveFeedback(clientId: string, items: readonly FeedbackItem[], receivedAtMs: number): Promise<void>;
  /**
   * What became of the cards, per card kind and per criterion that stood open on them. Of several reports about one card the last
   * one counts: the one with the latest `outcomeTimestamp`, and among those the one that came in last.
   */
  report(filter: FeedbackFilter): Promise<readonly FeedbackReportRow[]>;
  /**
   * Removes every receipt and all feedback of a client, with what waits in this process; what another process has still to
   * write comes after it.
   *
   * @throws what the database threw, when it cannot be reached
   */
  deleteClient(clientId: string): Promise<Removed>;
  /**
   * Removes receipts older than their client's term, with the feedback about them, and tokens that have expired.
   *
   * @param nowMs milliseconds since the epoch
   * @param perClientDays client id to term in days (of 24 hours, from the card's issue)
   * @param otherDays the term for clients that are not listed
   * @param signal ends it between two transactions; the next run removes the rest
   */
  applyRetention(
    nowMs: number,
    perClientDays: ReadonlyMap<string, number>,
    otherDays: number,
    signal?: AbortSignal,
  ): Promise<Removed>;
  /** Whether the database answers at this moment, and takes what is to be stored. */
  ready(): Promise<boolean>;
  /** Writes what is waiting, then lets go of the database. */
  close(): Promise<void>;
}
