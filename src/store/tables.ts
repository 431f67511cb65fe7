/** One row per card handed out. */
export interface ReceiptTable {
  card_uuid: string;
  client_id: string;
  service: string;
  card_kind: string;
  issued_at_ms: number;
  /** JSON: `[[criterion, status], …]` of the criteria that stood open, so that a report need not read the body. */
  open_criteria: string;
  /** JSON: the receipt. */
  body: string;
}

/** One row per distinct feedback item; only ever added to. */
export interface FeedbackTable {
  /** Hash of the item: the same item again is the same row. */
  feedback_key: string;
  card_uuid: string;
  outcome: string;
  outcome_at_ms: number;
  received_at_ms: number;
  /** Place in its batch, counted from 0. */
  position: number;
  /** JSON: the item as it was sent. May hold a physician's free text. */
  body: string;
}

/** One row per client token used, until it expires. */
export interface TokenClaimTable {
  /** Hash of issuer and jti. */
  claim_key: string;
  expires_at_ms: number;
}

export interface Tables {
  receipt: ReceiptTable;
  feedback: FeedbackTable;
  token_claim: TokenClaimTable;
}
