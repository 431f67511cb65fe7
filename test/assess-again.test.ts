import { readFileSync } from 'node:fs';
import type { Bundle } from 'fhir/r4.js';
import { describe, expect, it } from 'vitest';
import type { Assessed } from '../src/assess.js';
import { type AssessAgain, withoutToken } from '../src/assess-again.js';
import { fixedClock } from '../src/clock.js';
import { openConnections } from '../src/record/connections.js';
import { DEFAULT_GATHER_LIMITS } from '../src/record/limits.js';
import { createRoad, type RoadCall } from '../src/road.js';
import type { HookRequest } from '../src/schemas/hook-request.js';
import { silentLog } from '../src/schemas/log.js';
import { hookRequestOf } from './records/hook-request-of.js';
import { bundleOf, knowledge } from './report/kit.js';

const { patients } = JSON.parse(readFileSync('docker/patients/index.json', 'utf8')) as {
  patients: readonly { id: string; service: string; asOf: string }[];
};

interface Seen {
  readonly assessed: Assessed;
  readonly again: AssessAgain | undefined;
}

/** What the road hands to the cards for one call. */
async function seenOf(
  service: string,
  request: HookRequest,
  asOf: string,
  bodyText?: string,
): Promise<readonly Seen[]> {
  const seen: Seen[] = [];
  const road = createRoad({
    knowledge,
    render: (assessed, { again }) => (seen.push({ assessed, again }), []),
    keep: () => undefined,
    connections: openConnections(),
    limits: DEFAULT_GATHER_LIMITS,
    clock: fixedClock(`${asOf}T10:00:00Z`),
    observer: { fetched: () => undefined, assessed: () => undefined } as never,
    defaultLanguage: 'nl',
    engineVersion: '0',
    cardsHash: '',
  });
  const client = { id: 'test', anonymous: false, fhirServers: [], privateAddressesAllowed: false };
  const call = { service: { id: service }, request, client, signal: new AbortController().signal, log: silentLog };
  await road({ ...call, ...(bodyText === undefined ? {} : { bodyText }) } as unknown as RoadCall);
  return seen;
}

function callFor(id: string, serviceId: string): HookRequest {
  return hookRequestOf(
    bundleOf(id) as unknown as Bundle,
    knowledge.services.find((each) => each.id === serviceId)!,
  );
}

describe('an order assessed again from the text of its call', () => {
  it.each(patients)('is assessed as it was: $id', async ({ id, service, asOf }) => {
    const text = JSON.stringify(callFor(id, service));
    const seen = await seenOf(service, JSON.parse(text) as HookRequest, asOf, text);
    expect(seen.length).toBeGreaterThan(0);
    for (const { assessed, again } of seen) {
      const { record, ...repeated } = await again!();
      const { record: first, ...told } = assessed;
      expect(repeated).toEqual(told);
      expect(record.resources).toEqual(first.resources);
      expect(record.keys).toEqual(first.keys);
    }
  });

  it('is not offered where there is no text, so that what was read stays', async () => {
    const [patient] = patients;
    const [seen] = await seenOf(patient!.service, callFor(patient!.id, patient!.service), patient!.asOf);
    expect(seen!.again).toBeUndefined();
  });

  it('never holds the access token, and is not offered where the token stands in it in another form', () => {
    const fhirAuthorization = {
      access_token: 'secret-token',
      token_type: 'Bearer',
      expires_in: 300,
      scope: '',
      subject: 's',
    };
    const request = { fhirAuthorization } as unknown as HookRequest;
    const text = withoutToken({ request, bodyText: JSON.stringify(request) });
    expect(text).not.toContain('secret-token');
    expect(JSON.parse(text!)).toEqual({ fhirAuthorization: { ...fhirAuthorization, access_token: 'withheld' } });
    const escaped = JSON.stringify(request).replace('secret', '\\u0073ecret');
    expect(withoutToken({ request, bodyText: escaped })).toBeUndefined();
  });
});
