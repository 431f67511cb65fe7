import type { Bundle } from 'fhir/r4.js';
import { cardsOf } from '../../src/cards-of.js';
import { newUuid } from '../../src/ids.js';
import { createRoad } from '../../src/road.js';
import type { Action, HookResponse } from '../../src/schemas/card.js';
import type { HookRequest } from '../../src/schemas/hook-request.js';
import { silentLog } from '../../src/schemas/log.js';
import { hookRequestOf } from '../records/hook-request-of.js';
import { knowledge, library } from '../report/kit.js';
import { bundleOf } from '../records/sandbox-bundle.js';
import { ROAD_PARTS } from '../road-parts.js';

/** A call about a patient of the sandbox, as JSON that a test may change. */
export interface ChangeableCall {
  fhirServer?: string;
  context: { draftOrders: { entry: { fullUrl?: string; resource: Record<string, unknown> }[] }; selections?: string[] };
  prefetch: Record<string, { entry: { fullUrl?: string; resource: Record<string, unknown> }[] }>;
}

const road = createRoad({
  ...ROAD_PARTS,
  knowledge,
  render: (assessed, { language, orders, lostNumbers }) =>
    cardsOf(assessed, { knowledge, library, newId: newUuid }, language, { oneOfSeveral: orders > 1, lostNumbers }),
});

/**
 * The cards about a patient of the sandbox, with nothing to fetch.
 *
 * @param write the body of the call, where it is to be written in another way than JSON is by default
 */
export function answered(
  patient: string,
  change: (call: ChangeableCall) => void,
  serviceId = 'imsr-indication',
  write: (json: string) => string = (json) => json,
): Promise<HookResponse> {
  const service = knowledge.services.find(({ id }) => id === serviceId)!;
  const call = structuredClone(hookRequestOf(bundleOf(patient) as unknown as Bundle, service));
  change(call as unknown as ChangeableCall);
  const bodyText = write(JSON.stringify(call));
  return road({
    service,
    request: JSON.parse(bodyText) as HookRequest,
    bodyText,
    client: { id: 'test', anonymous: false, fhirServers: [], privateAddressesAllowed: false },
    language: 'nl',
    signal: new AbortController().signal,
    log: silentLog,
  });
}

/** What the suggestions of these cards would do, in short: `update`, `delete`, or `create` with the type. */
export function deedsOf({ cards }: HookResponse): readonly string[] {
  return actionsOf({ cards }).map(({ type, resource }) =>
    type === 'create' ? `create ${resource!.resourceType}` : type,
  );
}

export function actionsOf({ cards }: Pick<HookResponse, 'cards'>): readonly Action[] {
  return cards.flatMap(({ suggestions }) => (suggestions ?? []).flatMap(({ actions }) => actions ?? []));
}
