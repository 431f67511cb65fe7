import { CdsError } from '../errors.js';
import type { GapReason, GatheredRecord } from '../schemas/record.js';
import { isModified } from '../schemas/modified.js';
import { isResource, type Resource } from '../schemas/resource.js';
import { EVERY_TYPE, worseGap } from './gaps.js';
import { indexRecord } from './index-record.js';
import { countDifferent } from './named-entries.js';
import { readBundle } from './read-bundle.js';

/** The one key of a record that came as a single Bundle. */
const BUNDLE_KEY = 'bundle';

/**
 * Takes a Bundle as the whole record: what is not in it is known to be absent, for every type, unless something in
 * it could not be read, an OperationOutcome tells of an error, or it is only a page.
 *
 * @throws REQUEST_INVALID when the value is not a Bundle
 */
export function collectionRecord(bundle: unknown): GatheredRecord {
  if (!isResource(bundle) || bundle.resourceType !== 'Bundle') {
    throw new CdsError('REQUEST_INVALID', 'The record must be a FHIR Bundle.', {
      issues: [{ path: 'resourceType', expected: 'Bundle' }],
    });
  }
  const { entries, outcomes, dropped, unread, unreadable, next, later, partial, total } = readBundle(bundle);
  const received = total === undefined ? 0 : countDifferent(entries) + dropped;
  let gap: GapReason | undefined;
  if (unreadable || isModified(bundle)) gap = 'unreadable';
  if (next !== undefined || later || partial || (total ?? 0) > received) gap = worseGap(gap, 'cut-short');
  if (outcomes.some(tellsOfAnError)) gap = worseGap(gap, 'fetch-failed');
  const state = entries.length > 0 ? 'present' : gap === undefined ? 'empty' : 'failed';
  return indexRecord(entries, [{ key: BUNDLE_KEY, types: [EVERY_TYPE], state, gap, cause: gap }], undefined, unread);
}

/**
 * Issue types that say that something was left out, whatever their severity: what the reader may not see, and what may be had later.
 *
 * @source https://hl7.org/fhir/R4/valueset-issue-type.html (`security` and `transient` with the types below them, `too-costly`, `too-long`)
 */
const LEAVES_OUT: ReadonlySet<unknown> = new Set([
  ...['security', 'login', 'unknown', 'expired', 'forbidden', 'suppressed'],
  ...['transient', 'lock-error', 'no-store', 'exception', 'timeout', 'incomplete', 'throttled'],
  ...['too-costly', 'too-long'],
]);

/** An outcome without a readable severity is taken for an error. */
function tellsOfAnError(outcome: Resource): boolean {
  const issues = outcome['issue'];
  if (!Array.isArray(issues) || issues.length === 0) return true;
  return (issues as ({ severity?: unknown; code?: unknown } | null)[]).some(
    (issue) => (issue?.severity !== 'information' && issue?.severity !== 'warning') || LEAVES_OUT.has(issue?.code),
  );
}
