import type { Clock } from './clock.js';
import type { Service } from './protocol/protocol.js';
import type { FhirConnections } from './record/connections.js';
import { gather, type GatherRequest } from './record/gather.js';
import type { GatherLimits } from './record/limits.js';
import type { HookRequest } from './schemas/hook-request.js';
import type { GatheredRecord } from './schemas/record.js';

export interface GatherParts {
  readonly connections: FhirConnections;
  readonly limits: GatherLimits;
  readonly clock: Clock;
}

/**
 * The record that belongs to a call of a service.
 *
 * @param how what the call is about, when to stop fetching, and who is told of what is fetched
 * @throws RECORD_UNAVAILABLE
 */
export function recordOf(
  service: Service,
  { request, client }: { readonly request: HookRequest; readonly client: GatherRequest['client'] },
  { connections, limits, clock }: GatherParts,
  how: Pick<GatherRequest, 'about' | 'signal' | 'onFetch' | 'onFetched'>,
): Promise<GatheredRecord> {
  return gather({
    templates: service.prefetch,
    prefetch: request.prefetch,
    context: request.context,
    fhirServer: request.fhirServer,
    fhirAuthorization: request.fhirAuthorization,
    client,
    connections,
    limits,
    clock,
    rolePaths: service.roles,
    ...how,
  });
}
