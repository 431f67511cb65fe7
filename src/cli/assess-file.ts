import { type Day, fixedClock } from '../clock.js';
import { type Assessed, assessOrder } from '../assess.js';
import { recordOf } from '../call-record.js';
import { CdsError } from '../errors.js';
import type { Knowledge } from '../knowledge.js';
import { type Draft, draftReference, draftsIn } from '../orders/drafts.js';
import { mayAsk, ordersAsked } from '../orders/orders-asked.js';
import { withDrafts } from '../orders/record-with-drafts.js';
import type { CompiledService } from '../orders/order-questions.js';
import { collectionRecord } from '../record/collection-record.js';
import { NO_CONNECTIONS } from '../record/connections.js';
import { NOTHING_FETCHED } from '../record/limits.js';
import { readBundle } from '../record/read-bundle.js';
import { parseReference } from '../record/reference.js';
import { aboutAnotherPatient } from '../record/subject.js';
import { readHookRequest } from '../schemas/read-hook-request.js';
import type { GatheredRecord } from '../schemas/record.js';
import { isResource, referenceIn, type Resource } from '../schemas/resource.js';

export interface FileRequest {
  readonly knowledge: Knowledge;
  /** Which service to answer as; absent: whichever speaks to the order. */
  readonly serviceId: string | undefined;
  readonly asOf: Day;
}

/** Whoever wrote the file has no server that may be called, so what is not in it is not gathered. */
const NO_SERVERS = { fhirServers: [], privateAddressesAllowed: false };
const FROM_THE_FILE = {
  connections: NO_CONNECTIONS,
  limits: NOTHING_FETCHED,
  clock: fixedClock('1970-01-01T00:00:00Z'),
};

/**
 * Assesses what one file holds: a FHIR Bundle (type collection) with the record and the draft, or a CDS Hooks request
 * with prefetch. Nothing is fetched.
 *
 * @returns one result per order
 * @throws CdsError when the file cannot be assessed
 */
export async function assessFile(content: unknown, request: FileRequest): Promise<readonly Assessed[]> {
  if (isResource(content) && content.resourceType === 'Bundle') return assessBundle(content, request);
  if (typeof content === 'object' && content !== null && 'hook' in content) return assessHookRequest(content, request);
  throw new CdsError('REQUEST_INVALID', 'The file holds neither a FHIR Bundle nor a CDS Hooks request.');
}

function assessBundle(bundle: Resource, { knowledge, serviceId, asOf }: FileRequest): readonly Assessed[] {
  const record = collectionRecord(bundle);
  const [patient, another] = record.byType('Patient');
  const subjectId = patient?.id ?? subjectOf(record);
  if (another !== undefined || (subjectId !== undefined && aboutAnotherPatient(entriesOf(record), subjectId))) {
    throw new CdsError('SUBJECT_MISMATCH', 'The bundle speaks of more than one patient.');
  }
  const subject = subjectId === undefined ? 'Patient' : `Patient/${subjectId}`;
  const matters = mattersIn(bundle, record, knowledge, serviceId);
  if (matters.length === 0)
    throw new CdsError('REQUEST_INVALID', 'The bundle holds no draft ServiceRequest to assess.');
  return matters.map(({ service, draft }) => assessOrder(knowledge, { service, record, asOf, subject, ...draft }));
}

/** Which order to assess as which service; a service named by the caller answers for any draft there is. */
function mattersIn(
  bundle: Resource,
  record: GatheredRecord,
  knowledge: Knowledge,
  serviceId: string | undefined,
): { service: CompiledService; draft: Draft }[] {
  const drafts = draftsOf(bundle, record);
  const services = serviceId === undefined ? knowledge.services : [serviceNamed(knowledge, serviceId)];
  const matters = services.flatMap((service) => {
    if (serviceId === undefined && service.hook !== 'order-sign') return [];
    return ordersAsked({ service, drafts }, record).map((draft) => ({ service, draft }));
  });
  if (matters.length > 0 || serviceId === undefined) return matters;
  const imsr = drafts.filter(({ order }) => knowledge.services.some(({ questions }) => questions.fires(order, record)));
  return (imsr.length > 0 ? imsr : drafts).map((draft) => ({ service: services[0]!, draft }));
}

/** The drafts of a Bundle, named as they would be in a call that is about them. */
function draftsOf(bundle: Resource, record: GatheredRecord): readonly Draft[] {
  const urls = new Map(readBundle(bundle).entries.map(({ resource, fullUrl }) => [resource, fullUrl]));
  return record
    .byType('ServiceRequest')
    .filter(({ status }) => status === 'draft')
    .map((order, index) => ({ order, reference: draftReference(order, urls.get(order), index + 1) }));
}

async function assessHookRequest(
  content: object,
  { knowledge, serviceId, asOf }: FileRequest,
): Promise<readonly Assessed[]> {
  const hook = (content as { hook?: unknown }).hook;
  const named = serviceId === undefined ? undefined : serviceNamed(knowledge, serviceId);
  const candidates = named === undefined ? knowledge.services.filter((service) => service.hook === hook) : [named];
  if (candidates.length === 0)
    throw new CdsError('HOOK_MISMATCH', 'No service answers the hook that the request names.');
  const assessed: Assessed[] = [];
  for (const service of candidates) {
    const request = readHookRequest(service.hook, content);
    const drafts = draftsIn(request);
    const asking = { service, drafts };
    if (!mayAsk(asking, request)) continue;
    const record = withDrafts(await recordOf(service, { request, client: NO_SERVERS }, FROM_THE_FILE, {}), drafts);
    const subject = `Patient/${request.context.patientId}`;
    for (const draft of ordersAsked(asking, record))
      assessed.push(assessOrder(knowledge, { service, record, asOf, subject, ...draft }));
  }
  if (assessed.length === 0)
    throw new CdsError('REQUEST_INVALID', 'The request holds no order that a service speaks to.');
  return assessed;
}

/** @throws SERVICE_NOT_FOUND naming the services there are */
export function serviceNamed(knowledge: Knowledge, id: string): CompiledService {
  const service = knowledge.services.find((candidate) => candidate.id === id);
  if (service !== undefined) return service;
  const known = knowledge.services.map((candidate) => candidate.id).join(', ');
  throw new CdsError('SERVICE_NOT_FOUND', `There is no such service; there are: ${known}.`);
}

function entriesOf(record: GatheredRecord) {
  return record.resources.map((resource) => ({ resource }));
}

function subjectOf(record: GatheredRecord): string | undefined {
  for (const order of record.byType('ServiceRequest')) {
    const reference = referenceIn(order['subject']);
    const named = reference === undefined ? undefined : parseReference(reference);
    if (named?.type === 'Patient') return named.id;
  }
  return undefined;
}
