import type { Bundle } from 'fhir/r4.js';
import { describe, expect, it } from 'vitest';
import { fixedClock } from '../src/clock.js';
import { NO_CONNECTIONS } from '../src/record/connections.js';
import { DEFAULT_GATHER_LIMITS } from '../src/record/limits.js';
import { createRoad, type RoadCall } from '../src/road.js';
import { silentLog } from '../src/schemas/log.js';
import { hookRequestOf } from './records/hook-request-of.js';
import { bundleOf, knowledge } from './report/kit.js';

const service = knowledge.services.find(({ id }) => id === 'imsr-indication')!;

/** A call that signs the same treatment so many times. */
function signing(count: number, signal = new AbortController().signal): RoadCall {
  const { context, ...request } = hookRequestOf(bundleOf('four-sessions') as unknown as Bundle, service);
  const [draft] = context.draftOrders!.entry!;
  const entry = Array.from({ length: count }, (_, number) => ({ resource: { ...draft!.resource!, id: `d${number}` } }));
  return {
    service,
    request: { ...request, context: { ...context, draftOrders: { resourceType: 'Bundle', entry } } },
    client: { id: 'test', anonymous: false, fhirServers: [], privateAddressesAllowed: false, retentionDays: 1 },
    signal,
    log: silentLog,
  };
}

/** @param render is told of each order that is answered */
const roadThat = (render: () => void) =>
  createRoad({
    knowledge,
    render: () => (render(), []),
    keep: () => undefined,
    connections: NO_CONNECTIONS,
    limits: DEFAULT_GATHER_LIMITS,
    clock: fixedClock('2026-12-01T10:00:00Z'),
    observer: { fetched: () => undefined, assessed: () => undefined, stored: () => undefined },
    defaultLanguage: 'nl',
    engineVersion: '0',
    cardsHash: '',
  });

describe('a call about several orders', () => {
  it('lets the event loop turn between them', async () => {
    let turn = 0;
    const rendered: number[] = [];
    const road = roadThat(() => rendered.push(turn));
    let next: NodeJS.Immediate;
    const count = () => {
      turn += 1;
      next = setImmediate(count);
    };
    next = setImmediate(count);
    await road(signing(5));
    clearImmediate(next);
    expect(rendered).toHaveLength(5);
    expect(new Set(rendered).size).toBe(5);
  });

  it('is not worked out any further once its caller has gone', async () => {
    const caller = new AbortController();
    let rendered = 0;
    const road = roadThat(() => {
      rendered += 1;
      if (rendered === 2) caller.abort();
    });
    await road(signing(5, caller.signal));
    expect(rendered).toBe(2);
  });
});
