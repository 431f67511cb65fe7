/**
 * The registry of error codes: what a caller may rely on. The sentence is safe to show; `detail` is for the log only.
 */
export const ERROR_CODES = {
  REQUEST_INVALID: { status: 400, issue: 'invalid' },
  HOOK_MISMATCH: { status: 400, issue: 'invalid' },
  SUBJECT_MISMATCH: { status: 400, issue: 'invalid' },
  AUTH_FAILED: { status: 401, issue: 'login' },
  REPORT_LINK_INVALID: { status: 403, issue: 'forbidden' },
  REPORT_GONE: { status: 404, issue: 'not-found' },
  NOT_FOUND: { status: 404, issue: 'not-found' },
  SERVICE_NOT_FOUND: { status: 404, issue: 'not-found' },
  FEEDBACK_CARD_UNKNOWN: { status: 404, issue: 'not-found' },
  METHOD_NOT_ALLOWED: { status: 405, issue: 'not-supported' },
  REPORT_LINK_EXPIRED: { status: 410, issue: 'expired' },
  RECORD_UNAVAILABLE: { status: 412, issue: 'incomplete' },
  BODY_TOO_LARGE: { status: 413, issue: 'too-long' },
  MEDIA_TYPE_UNSUPPORTED: { status: 415, issue: 'not-supported' },
  RATE_LIMITED: { status: 429, issue: 'throttled' },
  INTERNAL: { status: 500, issue: 'exception' },
  FEEDBACK_NOT_STORED: { status: 503, issue: 'transient' },
  OVERLOADED: { status: 503, issue: 'transient' },
  DATA_INVALID: { status: 500, issue: 'exception' },
  CONFIG_INVALID: { status: 500, issue: 'exception' },
} as const satisfies Record<string, { status: number; issue: string }>;

export type ErrorCode = keyof typeof ERROR_CODES;

/** One thing that is wrong with a request or a setting: where (a JSON path, a name) and what was expected there. */
export interface RequestIssue {
  readonly path: string;
  readonly expected: string;
  /** Of a setting alone: what stands there, where that cannot be secret. */
  readonly found?: string | undefined;
}

/** So many issues are told at most: an answer need not list every fault of a hopeless body. */
export const MAX_ISSUES = 50;

export interface CdsErrorOptions {
  /** For the log, never for the caller. */
  readonly detail?: string;
  readonly issues?: readonly RequestIssue[];
  readonly cause?: unknown;
  /** Seconds after which the caller may try again. */
  readonly retryAfterSeconds?: number;
}

/** Seconds after which a caller may try again. */
export const RETRY_AFTER_SECONDS = {
  /** More is asked at once than can be answered in time. */
  load: 2,
  /** The store does not answer. */
  store: 5,
} as const;

/** An error with a stable code. `message` is one sentence that a caller may read; it never holds patient data. */
export class CdsError extends Error {
  readonly code: ErrorCode;
  readonly status: number;
  readonly detail: string | undefined;
  readonly issues: readonly RequestIssue[];
  readonly retryAfterSeconds: number | undefined;

  constructor(code: ErrorCode, message: string, options: CdsErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'CdsError';
    this.code = code;
    this.status = ERROR_CODES[code].status;
    this.detail = options.detail;
    this.issues = options.issues ?? [];
    this.retryAfterSeconds = options.retryAfterSeconds;
  }
}
