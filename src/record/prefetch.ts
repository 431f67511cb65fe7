import { CdsError } from '../errors.js';
import { isResource, type Resource } from '../schemas/resource.js';
import type { PrefetchTemplate } from '../schemas/service.js';
import { EMPTY_READING, failedReading, type KeyReading, withGap } from './key-reading.js';
import { type BundleEntry, readBundle } from './read-bundle.js';
import { withItemsLifted } from './lift-items.js';
import { isPartial } from './partial.js';
import { isReadable } from './readable.js';
import { aboutAnotherPatient } from './subject.js';

/**
 * Reads the value a client gave for one prefetch key. `null` and a Bundle without entries are answers: there is
 * nothing. An OperationOutcome is a failure, another shape is unreadable; neither is an absence. A page that comes after
 * another is part of an answer that nobody gave the beginning of.
 *
 * @throws SUBJECT_MISMATCH when any resource in it is clearly about another patient
 * @source https://cds-hooks.hl7.org/STU2/#prefetch-template
 */
export function readPrefetch(template: PrefetchTemplate, value: unknown, patientId: string): KeyReading {
  if (value === null) return EMPTY_READING;
  const answer = readAnswer(template, value);
  const reading = answer.later === true ? withGap(answer, 'cut-short', 'earlier-page') : answer;
  if (aboutAnotherPatient(reading.entries, patientId)) {
    throw new CdsError('SUBJECT_MISMATCH', 'The prefetched data is about another patient than the context names.', {
      detail: `prefetch key ${template.key}`,
      issues: [{ path: `prefetch.${template.key}`, expected: 'resources of the patient in context.patientId' }],
    });
  }
  return reading;
}

/** Reads an answer to a template, prefetched or fetched: a resource or a Bundle. Never throws. */
export function readAnswer(template: PrefetchTemplate, value: unknown): KeyReading {
  if (!isResource(value)) return failedReading('unreadable', 'not-a-resource');
  if (!isReadable(value)) return { ...failedReading('unreadable', 'not-a-resource'), unread: [{ resource: value }] };
  if (value.resourceType === 'OperationOutcome') return failedReading('fetch-failed', 'operation-outcome');
  return value.resourceType === 'Bundle' ? readSearch(template, value) : readSingle(template, value);
}

function readSingle(template: PrefetchTemplate, resource: Resource): KeyReading {
  if (!template.types.includes(resource.resourceType)) {
    return { ...EMPTY_READING, entries: [{ resource }], gap: 'unreadable', cause: 'wrong-type' };
  }
  const entries = [{ resource: withItemsLifted(resource) }];
  let reading: KeyReading = { ...EMPTY_READING, entries, matches: entries };
  if (isPartial(resource)) reading = withGap(reading, 'cut-short', 'partial');
  // One resource where a search was asked: nothing says that it is the only one.
  return isSearch(template) ? withGap(reading, 'unreadable', 'not-a-bundle') : reading;
}

function readSearch(template: PrefetchTemplate, bundle: Resource): KeyReading {
  const { entries, outcomes, dropped, unread, unreadable, next, later, partial, total } = readBundle(bundle);
  const matches = entries.filter((entry) => isMatch(template, entry));
  const strays = entries.some((entry) => isStray(template, entry));
  let reading: KeyReading = { entries, matches, dropped, unread, next, later, total };
  if (outcomes.length > 0) reading = withGap(reading, 'fetch-failed', 'operation-outcome');
  if (unreadable) reading = withGap(reading, 'unreadable', 'unreadable-entry');
  if (partial) reading = withGap(reading, 'cut-short', 'partial');
  if (!READABLE_BUNDLES.has(bundle['type'])) reading = withGap(reading, 'unreadable', 'bundle-type');
  if (strays || (entries.length > 0 && matches.length === 0)) reading = withGap(reading, 'unreadable', 'wrong-type');
  return reading;
}

/** A client may build the Bundle by hand; one that is no list of search results says nothing about absence. */
const READABLE_BUNDLES: ReadonlySet<unknown> = new Set(['searchset', 'collection', undefined]);

/** Types that servers add to results unasked and often without saying `include`. */
const USUAL_INCLUDES: ReadonlySet<string> = new Set([
  ...['Patient', 'Practitioner', 'PractitionerRole', 'Organization', 'Location', 'HealthcareService'],
  ...['RelatedPerson', 'CareTeam', 'Device', 'Medication', 'Questionnaire'],
]);

function isMatch({ types }: PrefetchTemplate, { resource, mode }: BundleEntry): boolean {
  return mode !== 'include' && types.includes(resource.resourceType);
}

/** A resource that this search cannot have given: then the Bundle may be the answer to another question. */
function isStray({ types }: PrefetchTemplate, { resource, mode }: BundleEntry): boolean {
  if (mode === 'include' || types.includes(resource.resourceType)) return false;
  return mode === 'match' || !USUAL_INCLUDES.has(resource.resourceType);
}

function isSearch({ template }: PrefetchTemplate): boolean {
  return template.includes('?');
}
