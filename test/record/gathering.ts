import { afterAll, afterEach, beforeEach } from 'vitest';
import { systemClock } from '../../src/clock.js';
import { type FhirConnections, openConnections } from '../../src/record/connections.js';
import { type FetchReport, gather, type GatherRequest } from '../../src/record/gather.js';
import type { GatherLimits } from '../../src/record/limits.js';
import type { GatheredRecord } from '../../src/schemas/record.js';
import { PATIENT_ID } from './fixtures.js';
import { type ScriptedFhirServer, startScriptedServer } from './scripted-fhir-server.js';

/** A deadline beyond the time limit of a test: whoever waits for it fails. */
export const GENEROUS_LIMITS: GatherLimits = { deadlineMs: 120_000, maxPages: 20, maxBytes: 25 * 1024 * 1024 };

/** A deadline for servers that never answer. */
export const SHORT_LIMITS: GatherLimits = { ...GENEROUS_LIMITS, deadlineMs: 400 };

export const TOKEN = 'synthetic-token-1';

export interface Bench {
  readonly server: ScriptedFhirServer;
  readonly reports: readonly FetchReport[];
  /** Gathers with a client that is allowed to call the scripted server, unless told otherwise. */
  gather(request: Partial<GatherRequest> & Pick<GatherRequest, 'templates'>): Promise<GatheredRecord>;
}

/** A scripted server for each test, and connections that are closed at the end. */
export function useBench(): Bench {
  const connections: FhirConnections = openConnections();
  const reports: FetchReport[] = [];
  let server: ScriptedFhirServer | undefined;
  const running = (): ScriptedFhirServer => {
    if (server === undefined) throw new Error('the server runs during a test only');
    return server;
  };
  beforeEach(async () => {
    server = await startScriptedServer();
    reports.length = 0;
  });
  afterEach(() => running().close());
  afterAll(() => connections.close());
  return {
    get server() {
      return running();
    },
    reports,
    gather: (request) =>
      gather({
        context: { patientId: PATIENT_ID, userId: 'Practitioner/synthetic-u' },
        fhirServer: running().base,
        fhirAuthorization: { access_token: TOKEN },
        client: { fhirServers: [running().base], privateAddressesAllowed: true },
        connections,
        limits: GENEROUS_LIMITS,
        clock: systemClock,
        onFetch: (report) => reports.push(report),
        ...request,
      }),
  };
}
