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
import { demandRequired, type TemplateReading } from './required-keys.js';
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
  /** Aborted when nobody waits for the answer any more. */
  readonly signal?: AbortSignal | undefined;
  readonly onFetch?: ((report: FetchReport) => void) | undefined;
  /** Told once when fetching has ended, with the bytes of all answers that were read; not when nothing was fetched. */
  readonly onFetched?: ((bytes: number) => void) | undefined;
}

/**
 * Gathers the record for one hook call: what was prefetched, and from the FHIR server, when it may be called, what
 * was not: absent keys, further pages, referenced roles. All of it shares one deadline. When nothing needs to be
 * fetched, nothing is opened and no timer is set.
 *
 * @throws SUBJECT_MISMATCH when prefetched data is clearly about another patient
 * @throws RECORD_UNAVAILABLE when a required key cannot be had
 * @source https://cds-hooks.hl7.org/STU2/#prefetch-template
 */
export async function gather(request: GatherRequest): Promise<GatheredRecord> {
  const { templates, client } = request;
  const provided = templates.map((template) => ({ template, reading: readProvided(request, template) }));
  const access = serverAccess(client, request.fhirServer, request.fhirAuthorization, request.context.patientId);
  if ('cause' in access) {
    const readings = provided.map(({ template, reading }) => ({ template, reading: unfetched(reading, access.cause) }));
    return assemble(request, demandRequired(readings));
  }
  if (provided.every(isWhole)) {
    const record = assemble(request, demandRequired(provided));
    if (missingRoles(record, request.rolePaths ?? [], access.base).length === 0) return record;
  }
  const { session, end } = openSession({
    ...access,
    privateAddressesAllowed: client.privateAddressesAllowed,
    connections: request.connections,
    limits: request.limits,
    clock: request.clock,
    signal: request.signal,
  });
  try {
    const readings = await Promise.all(provided.map((part) => complete(request, session, part)));
    return await withRoles(request, session, demandRequired(readings));
  } finally {
    end();
    request.onFetched?.(session.budget.readBytes);
  }
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

/** What a key comes to when the FHIR server may not be called. */
function unfetched(reading: KeyReading | undefined, cause: string): KeyReading {
  if (reading === undefined) return failedReading('not-gathered', cause);
  return reading.next === undefined ? reading : withGap(reading, 'cut-short', cause);
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
  readings: readonly TemplateReading[],
): Promise<GatheredRecord> {
  const roles: RecordEntry[] = [];
  const tried = new Set<string>();
  let record = assemble(request, readings);
  for (let round = 0; round < 2; round += 1) {
    const room = request.limits.maxReferences - tried.size;
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
  const startedAt = request.clock.nowMs();
  const result = await fetching();
  const cause = (result as { readonly cause?: string }).cause;
  request.onFetch?.({ key, outcome: cause ?? 'ok', ms: request.clock.nowMs() - startedAt });
  return result;
}

function assemble(
  { fhirServer }: GatherRequest,
  readings: readonly TemplateReading[],
  roles: readonly RecordEntry[] = [],
): GatheredRecord {
  const keys = readings.map(({ template, reading }) => settleKey(template, reading));
  const entries = ([] as RecordEntry[]).concat(...readings.map(({ reading }) => reading.entries), roles);
  return indexRecord(entries, keys, fhirServer);
}
