import { isResource } from '../schemas/resource.js';
import type { PrefetchTemplate } from '../schemas/service.js';
import { urlOnBase } from './fhir-base.js';
import { type FhirSession, getJson } from './fhir-client.js';
import type { RecordEntry } from './named-entries.js';
import { failedReading, joinPages, type KeyReading, withGap } from './key-reading.js';
import { readAnswer } from './prefetch.js';
import { aboutAnotherPatient } from './subject.js';

/** What following pages needs to know besides the connection. */
export interface PageRules {
  readonly patientId: string;
  readonly maxPages: number;
}

/** The cause of a key whose answer holds a resource of somebody else. */
const WRONG_PATIENT = 'wrong-patient';

/** Fetches a filled template and all its further pages. An answer about another patient is not used at all. */
export async function fetchKey(
  session: FhirSession,
  template: PrefetchTemplate,
  path: string,
  rules: PageRules,
): Promise<KeyReading> {
  const url = urlOnBase(session.base, path);
  if (url === undefined) return failedReading('not-gathered', 'template-off-base');
  const first = await readPage(session, template, url, rules);
  const whole = 'failure' in first ? failedReading('fetch-failed', first.failure) : first;
  const read = await followPages(session, template, whole, rules, url);
  return read.cause === WRONG_PATIENT ? failedReading('fetch-failed', WRONG_PATIENT) : read;
}

/**
 * Follows the `next` links of what was read so far, on the same server only. A page that cannot be had leaves what
 * came before, cut short; so does an answer about another patient, which is a failure and not used.
 */
export async function followPages(
  session: FhirSession,
  template: PrefetchTemplate,
  before: KeyReading,
  rules: PageRules,
  start?: URL,
): Promise<KeyReading> {
  const seen = new Set(start === undefined ? [] : [start.href]);
  let reading = before;
  let pages = start === undefined ? 0 : 1;
  while (reading.next !== undefined) {
    const url = reading.next === '' ? undefined : urlOnBase(session.base, reading.next);
    if (url === undefined)
      return withGap(reading, 'cut-short', reading.next === '' ? 'next-unreadable' : 'next-elsewhere');
    if (seen.has(url.href)) return withGap(reading, 'cut-short', 'page-loop');
    if (pages >= rules.maxPages) return withGap(reading, 'cut-short', 'page-cap');
    seen.add(url.href);
    pages += 1;
    const page = await readPage(session, template, url, rules);
    if ('failure' in page) {
      if (page.failure === WRONG_PATIENT) return { ...reading, gap: 'fetch-failed', cause: WRONG_PATIENT };
      return withGap(reading, 'cut-short', page.failure);
    }
    reading = joinPages(reading, page);
  }
  return reading;
}

async function readPage(
  session: FhirSession,
  template: PrefetchTemplate,
  url: URL,
  { patientId }: PageRules,
): Promise<KeyReading | { readonly failure: string }> {
  const answer = await getJson(session, url);
  if ('cause' in answer) return { failure: answer.cause };
  const reading = readAnswer(template, answer.value);
  if (aboutAnotherPatient(reading.entries, patientId)) return { failure: WRONG_PATIENT };
  const atHome = (entry: RecordEntry): RecordEntry => addressed(entry, session.base);
  const home = { ...reading, entries: reading.entries.map(atHome), unread: reading.unread.map(atHome) };
  // FHIR tells pages in the Bundle: one that only the header tells is not followed, and is there all the same.
  return answer.nextInHeader === true && home.next === undefined ? withGap(home, 'cut-short', 'next-in-header') : home;
}

/** What a server gave without an address is at home on that server. */
function addressed(entry: RecordEntry, base: string): RecordEntry {
  const { resource, fullUrl } = entry;
  if (fullUrl !== undefined || !isResource(resource) || typeof resource.id !== 'string') return entry;
  return { resource, fullUrl: `${base}/${resource.resourceType}/${resource.id}` };
}
