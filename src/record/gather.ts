import type { Clock } from '../clock.js';
import type { TrustedClient } from '../schemas/client.js';
import type { FhirAuthorization, HookContext } from '../schemas/hook-request.js';
import type { GatheredRecord } from '../schemas/record.js';
import type { PrefetchTemplate } from '../schemas/service.js';
import type { FhirConnections } from './connections.js';
import { fetchKey, followPages } from './fetch-key.js';
import type { FhirSession } from './fhir-client.js';
import { indexRecord } from './index-record.js';
import { failedReading, type KeyReading, settleKey, withGap } from './key-reading.js';
import type { GatherLimits } from './limits.js';
import type { RecordEntry } from './named-entries.js';
import { readPrefetch } from './prefetch.js';
import { missingRoles, readRole, type RolePath } from './roles.js';
import { missingRequired, requiredUnavailable, type TemplateReading } from './required-keys.js';
import { serverAccess } from './server-access.js';
import { openSession } from './session.js';
import { type ContextFields, fillTemplate } from './tokens.js';

/** One fetch, for metrics: nothing in it tells about a patient. */
export interface FetchReport {
  /** Prefetch key, or {@link ROLES_KEY}. */
  readonly key: string;
  /** `ok`, or the cause of the gap. */
  readonly outcome: string;
  readonly ms: number;
}

/** Under this name the reads of referenced roles are reported. */
export const ROLES_KEY = 'roles';

/** Referenced practitioners, roles and organisations that are read one by one, for one call. */
export const MAX_ROLES = 50;

export interface GatherRequest {
  readonly templates: readonly PrefetchTemplate[];
  readonly prefetch?: Readonly<Record<string, unknown>> | undefined;
  readonly context: ContextFields & Pick<HookContext, 'patientId'>;
  readonly fhirServer?: string | undefined;
  readonly fhirAuthorization?: Pick<FhirAuthorization, 'access_token' | 'patient'> | undefined;
  readonly client: Pick<TrustedClient, 'fhirServers' | 'privateAddressesAllowed'>;
  readonly connections: FhirConnections;
  readonly limits: GatherLimits;
  readonly clock: Clock;
  /** Where references to roles stand that are worth reading when they are not in the record. */
  readonly rolePaths?: readonly RolePath[];
  /** What makes the rest of the record worth fetching; absent where that is known. */
  readonly about?: About;
  /** Aborted when nobody waits for the answer any more. */
  readonly signal?: AbortSignal | undefined;
  readonly onFetch?: ((report: FetchReport) => void) | undefined;
  /** Told once when fetching has ended, with the bytes of all answers that were read; not when nothing was fetched. */
  readonly onFetched?: ((bytes: number) => void) | undefined;
}

/** What a call is about. Of somebody whose record holds nothing of the kind nothing else is fetched. */
export interface About {
  /** Resource type that tells, to be fetched before all else; nothing where the call itself tells. */
  readonly type: string | undefined;
  /** Whether there is or may be anything of the kind; what was not gathered is a maybe. */
  mayBe(known: GatheredRecord): boolean;
}

/**
 * Gathers the record for one hook call: what was prefetched, and from the FHIR server, when it may be called, what
 * was not: absent keys, further pages, referenced roles. All of it shares one deadline. When nothing needs to be
 * fetched, nothing is opened and no timer is set. A record in which nothing is that the call could be about is left as far as it was
 * read, whatever else is required.
 *
 * @throws SUBJECT_MISMATCH when prefetched data is clearly about another patient
 * @throws RECORD_UNAVAILABLE when a required key cannot be had
 * @source https://cds-hooks.hl7.org/STU2/#prefetch-template
 */
export async function gather(request: GatherRequest): Promise<GatheredRecord> {
  const { templates, client } = request;
  const provided = templates.map((template) => ({ template, reading: readProvided(request, template) }));
  const access = serverAccess(client, request.fhirServer, request.fhirAuthorization, request.context.patientId);
  if ('cause' in access) return settled(request, provided.map(left(access.cause)));
  const whole = provided.every(isWhole);
  const known = whole ? settled(request, provided) : assemble(request, provided.map(left(NOT_NEEDED)));
  if (whole && missingRoles(known, request.rolePaths ?? [], access.base).length === 0) return known;
  if (isMoot(request, known)) return known;
  const { session, end } = openSession({
    ...access,
    privateAddressesAllowed: client.privateAddressesAllowed,
    connections: request.connections,
    limits: request.limits,
    clock: request.clock,
    signal: request.signal,
  });
  try {
    return await fetchRest(request, session, provided);
  } finally {
    end();
    request.onFetched?.(session.budget.readBytes);
  }
}

/** Cause of the gap in a key that was left as it came, since the call is about nothing. */
export const NOT_NEEDED = 'not-needed';

/** Where something tells what the call is about, that is fetched first. */
async function fetchRest(
  request: GatherRequest,
  session: FhirSession,
  provided: readonly ProvidedReading[],
): Promise<GatheredRecord> {
  const type = request.about?.type;
  const isTelling = ({ template }: ProvidedReading): boolean => type !== undefined && template.types.includes(type);
  const told = await Promise.all(
    provided.map((part) => (isTelling(part) ? complete(request, session, part) : undefined)),
  );
  if (provided.some((part) => isTelling(part) && !isWhole(part))) {
    const known = assemble(
      request,
      provided.map((part, at) => told[at] ?? left(NOT_NEEDED)(part)),
    );
    if (isMoot(request, known)) return known;
  }
  // What tells is not begun anew: where a page of it could not be had, that would ask for more than the limits allow.
  const readings = await Promise.all(provided.map((part, at) => told[at] ?? complete(request, session, part)));
  const record = settled(request, readings);
  return isMoot(request, record) ? record : withRoles(request, session, record, readings);
}

/** Whether it shows that there is nothing that the call could be about. */
function isMoot({ about }: GatherRequest, known: GatheredRecord): boolean {
  return about !== undefined && !about.mayBe(known);
}

/** @throws RECORD_UNAVAILABLE when a required key could not be had of a record that is needed */
function settled(request: GatherRequest, readings: readonly TemplateReading[]): GatheredRecord {
  const record = assemble(request, readings);
  const missing = missingRequired(readings);
  if (missing.length > 0 && !isMoot(request, record)) throw requiredUnavailable(missing);
  return record;
}

function readProvided({ prefetch, context }: GatherRequest, template: PrefetchTemplate): KeyReading | undefined {
  if (prefetch === undefined || !Object.hasOwn(prefetch, template.key)) return undefined;
  return readPrefetch(template, prefetch[template.key], context.patientId);
}

interface ProvidedReading {
  readonly template: PrefetchTemplate;
  /** Absent when the client did not provide the key. */
  readonly reading: KeyReading | undefined;
}

function isWhole(provided: ProvidedReading): provided is TemplateReading {
  return provided.reading !== undefined && provided.reading.next === undefined;
}

/** What a key comes to when nothing more is fetched for it. */
function left(cause: string): (provided: ProvidedReading) => TemplateReading {
  return ({ template, reading }) => {
    if (reading === undefined) return { template, reading: failedReading('not-gathered', cause) };
    return { template, reading: reading.next === undefined ? reading : withGap(reading, 'cut-short', cause) };
  };
}

/** Fetches a key that was not prefetched, or the further pages of one that was. */
async function complete(
  request: GatherRequest,
  session: FhirSession,
  provided: ProvidedReading,
): Promise<TemplateReading> {
  if (isWhole(provided)) return provided;
  const { template, reading: begun } = provided;
  const rules = { patientId: request.context.patientId, maxPages: request.limits.maxPages };
  const reading = await reported(request, template.key, async (): Promise<KeyReading> => {
    if (begun !== undefined) return followPages(session, template, begun, rules);
    const filled = fillTemplate(template.template, request.context);
    return 'path' in filled
      ? fetchKey(session, template, filled.path, rules)
      : failedReading('not-gathered', 'token-unfillable');
  });
  return { template, reading };
}

/** Reads referenced roles, and then what those refer to: a role names a practitioner and an organisation. */
async function withRoles(
  request: GatherRequest,
  session: FhirSession,
  without: GatheredRecord,
  readings: readonly TemplateReading[],
): Promise<GatheredRecord> {
  const roles: RecordEntry[] = [];
  const tried = new Set<string>();
  let record = without;
  for (let round = 0; round < 2; round += 1) {
    const room = MAX_ROLES - tried.size;
    const wanted = missingRoles(record, request.rolePaths ?? [], session.base).filter((path) => !tried.has(path));
    const paths = wanted.slice(0, room);
    if (paths.length === 0) break;
    paths.forEach((path) => tried.add(path));
    const reads = await Promise.all(paths.map((path) => reported(request, ROLES_KEY, () => readRole(session, path))));
    roles.push(...reads.flatMap((read) => ('entry' in read ? [read.entry] : [])));
    record = assemble(request, readings, roles);
  }
  return record;
}

async function reported<T extends object>(request: GatherRequest, key: string, fetching: () => Promise<T>): Promise<T> {
  // The clock of the service may be set meanwhile.
  const startedAt = performance.now();
  const result = await fetching();
  const cause = (result as { readonly cause?: string }).cause;
  request.onFetch?.({ key, outcome: cause ?? 'ok', ms: performance.now() - startedAt });
  return result;
}

function assemble(
  { fhirServer }: GatherRequest,
  readings: readonly TemplateReading[],
  roles: readonly RecordEntry[] = [],
): GatheredRecord {
  const keys = readings.map(({ template, reading }) => settleKey(template, reading));
  const entries = ([] as RecordEntry[]).concat(...readings.map(({ reading }) => reading.entries), roles);
  const unread = ([] as RecordEntry[]).concat(...readings.map(({ reading }) => reading.unread));
  return indexRecord(entries, keys, fhirServer, unread);
}
