import { setMaxListeners } from 'node:events';
import type { Clock } from '../clock.js';
import type { FhirConnections } from './connections.js';
import type { FhirSession } from './fhir-client.js';
import type { GatherLimits } from './limits.js';

export interface SessionRequest {
  readonly base: string;
  readonly token: string | undefined;
  readonly privateAddressesAllowed: boolean;
  readonly connections: FhirConnections;
  readonly limits: GatherLimits;
  readonly clock: Clock;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Starts the one deadline that everything fetched for a hook call shares.
 *
 * @returns the session, and `end`, which must be called: it takes the timer away and drops what is still under way
 */
export function openSession(request: SessionRequest): { readonly session: FhirSession; readonly end: () => void } {
  const { base, token, clock, limits, signal } = request;
  const controller = new AbortController();
  // Every request listens to it while it is under way; their number is capped by the limits, not by a warning.
  setMaxListeners(0, controller.signal);
  const cancel = (): void => controller.abort('cancelled');
  const timer = setTimeout(() => controller.abort('deadline'), limits.deadlineMs);
  if (signal?.aborted === true) cancel();
  signal?.addEventListener('abort', cancel, { once: true });
  const session: FhirSession = {
    base,
    token,
    clock,
    pool: request.connections.poolFor(base, request.privateAddressesAllowed),
    deadlineAt: clock.nowMs() + limits.deadlineMs,
    signal: controller.signal,
    budget: { totalBytes: limits.maxBytes, readBytes: 0 },
  };
  const end = (): void => {
    clearTimeout(timer);
    signal?.removeEventListener('abort', cancel);
    controller.abort('ended');
  };
  return { session, end };
}
