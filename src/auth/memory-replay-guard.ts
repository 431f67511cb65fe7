import { createHash } from 'node:crypto';
import type { Clock } from '../clock.js';
import type { ReplayGuard } from '../schemas/replay.js';

const FIRST_SLOTS = 1_024;
const MAX_LOAD = 0.75;

/** Parallel arrays, 12 bytes a slot: a 64-bit fingerprint and the second after which it may go. 0 is a free slot. */
interface Slots {
  readonly high: Uint32Array;
  readonly low: Uint32Array;
  readonly until: Uint32Array;
  readonly mask: number;
}

/**
 * Remembers the tokens that this process saw, until they expire. It never forgets early: when it is full of unexpired
 * tokens it throws, since forgetting one would let it be used again. What it holds is lost when the process ends.
 *
 * @param capacity number of unexpired tokens at most
 */
export function createMemoryReplayGuard(clock: Clock, capacity: number): ReplayGuard {
  let slots = emptySlots(FIRST_SLOTS);
  let occupied = 0;

  /** Copies what has not expired into a table that it fills for less than half. */
  const rebuild = (nowSeconds: number): void => {
    const old = slots;
    const live = old.until.reduce((count, until) => (until > nowSeconds ? count + 1 : count), 0);
    if (live >= capacity) throw new Error(`the replay guard is full: ${live} unexpired tokens`);
    let size = FIRST_SLOTS;
    while (live * 2 >= size) size *= 2;
    slots = emptySlots(size);
    occupied = live;
    old.until.forEach((until, index) => {
      if (until > nowSeconds) put(slots, freeSlot(slots, old.low[index]!), old.high[index]!, old.low[index]!, until);
    });
  };

  return {
    claim(issuer, jti, expiresAtMs) {
      return new Promise((settle) => {
        const nowSeconds = Math.floor(clock.nowMs() / 1000);
        const digest = createHash('sha256').update(`${issuer}\u0000${jti}`).digest();
        const high = digest.readUInt32BE(0);
        const low = digest.readUInt32BE(4);
        let reusable = -1;
        let index = low & slots.mask;
        for (; slots.until[index] !== 0; index = (index + 1) & slots.mask) {
          const expired = slots.until[index]! <= nowSeconds;
          if (!expired && slots.low[index] === low && slots.high[index] === high) return settle(false);
          if (expired && reusable < 0) reusable = index;
        }
        const until = Math.max(Math.ceil(expiresAtMs / 1000), nowSeconds + 1);
        if (reusable >= 0) {
          put(slots, reusable, high, low, until);
          return settle(true);
        }
        if (occupied + 1 > Math.min(capacity, slots.until.length * MAX_LOAD)) {
          rebuild(nowSeconds);
          index = freeSlot(slots, low);
        }
        put(slots, index, high, low, until);
        occupied += 1;
        settle(true);
      });
    },
  };
}

function emptySlots(size: number): Slots {
  return {
    high: new Uint32Array(size),
    low: new Uint32Array(size),
    until: new Uint32Array(size),
    mask: size - 1,
  };
}

function freeSlot(slots: Slots, low: number): number {
  let index = low & slots.mask;
  while (slots.until[index] !== 0) index = (index + 1) & slots.mask;
  return index;
}

function put(slots: Slots, index: number, high: number, low: number, until: number): void {
  slots.high[index] = high;
  slots.low[index] = low;
  slots.until[index] = until;
}
