import { fixedClock } from '../src/clock.js';
import { NO_CONNECTIONS } from '../src/record/connections.js';
import type { RoadParts } from '../src/road.js';
import { GENEROUS_LIMITS } from './record/gathering.js';

/** What a road needs beside its knowledge and its cards: nothing is fetched, kept or counted, on the first of December 2026. */
export const ROAD_PARTS: Omit<RoadParts, 'knowledge' | 'render'> = {
  keep: () => undefined,
  connections: NO_CONNECTIONS,
  limits: GENEROUS_LIMITS,
  clock: fixedClock('2026-12-01T10:00:00Z'),
  observer: { fetched: () => undefined, assessed: () => undefined, stored: () => undefined },
  engineVersion: '0',
  cardsHash: '',
};
