import type { Resource } from './resource.js';

/**
 * Why (part of) the record is not to be relied on for an absence. Stable codes, shown on cards.
 *
 * Worst first: nothing asked, asked in vain, part of the answer, an answer with a hole.
 *
 * - `not-gathered`: neither in the prefetch nor to be had from a FHIR server
 * - `fetch-failed`: the client or the FHIR server answered with an error, or not in time
 * - `cut-short`: a page before or after it could not be had, a cap was reached, more was counted than came, or it says of itself that
 *   something was left out
 * - `unreadable`: an entry could not be read as a FHIR resource, or means something else than it seems to
 */
export const GAP_REASONS = ['not-gathered', 'fetch-failed', 'cut-short', 'unreadable'] as const;
export type GapReason = (typeof GAP_REASONS)[number];

/** What became of one prefetch key. */
export interface GatheredKey {
  readonly key: string;
  /** The resource types this key speaks for. */
  readonly types: readonly string[];
  readonly state: 'present' | 'empty' | 'failed' | 'not-gathered';
  /** Set when absence may not be concluded from this key. */
  readonly gap?: GapReason | undefined;
  /** For the log and the card: what happened, without patient data (for example `timeout`, `http-403`). */
  readonly cause?: string | undefined;
}

/** The patient's record as gathered for one request; never changed afterwards. */
export interface GatheredRecord {
  /** Every distinct resource, contained ones not among them. */
  readonly resources: readonly Resource[];
  readonly keys: readonly GatheredKey[];
  /** Whether a reference means the same wherever in the record it stands: all of it comes from one server, or from none. */
  readonly oneServer?: boolean;
  /** Resources of one type, in record order. */
  byType(resourceType: string): readonly Resource[];
  /**
   * The resource a reference names: `Type/id`, an absolute URL, a `urn:uuid:` fullUrl, or `#id` inside `container`.
   * @returns nothing when it is not in the record
   */
  resolve(reference: string, container?: Resource): Resource | undefined;
  /**
   * Whether `Type/id`, said to the EHR of the call, means one resource, and the one that it means in this record: not where two of the drafts
   * are named so, nor where it may be a resource of another server.
   */
  meansOne?(reference: string): boolean;
  /** The resource that a contained one lies in; nothing for one that is contained in none. */
  containerOf?(resource: Resource): Resource | undefined;
  /** Why absence may not be concluded for a type; nothing when everything asked for was received. */
  gapIn(resourceType: string): GapReason | undefined;
}
