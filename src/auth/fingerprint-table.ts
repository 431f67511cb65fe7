const FIRST_SLOTS = 16;
const MAX_LOAD = 0.75;

/** Half of a 64-bit fingerprint; unsigned 32-bit. */
type Word = number;

/** A set of fingerprints that may each go after a second of their own; 12 bytes a slot. */
export interface FingerprintTable {
  /** Slots in use, those of fingerprints that have expired but were not swept yet among them. */
  size(): number;
  has(high: Word, low: Word, nowSeconds: number): boolean;
  /** Adds a fingerprint that is not in the table. */
  add(high: Word, low: Word, untilSeconds: number, nowSeconds: number): void;
  /**
   * Forgets what has expired.
   * @returns the second at which the next one expires; infinity when none is left
   */
  sweep(nowSeconds: number): number;
}

/** Parallel arrays with linear probing; `until` 0 is a slot that was never used. */
interface Slots {
  readonly high: Uint32Array;
  readonly low: Uint32Array;
  readonly until: Uint32Array;
  readonly mask: number;
}

/** Starts small and doubles; a slot whose fingerprint has expired is used again before a new one. */
export function createFingerprintTable(): FingerprintTable {
  let slots = emptySlots(FIRST_SLOTS);
  let occupied = 0;

  const rebuild = (nowSeconds: number): number => {
    const old = slots;
    let live = 0;
    let earliest = Number.POSITIVE_INFINITY;
    for (const until of old.until)
      if (until > nowSeconds) {
        live += 1;
        if (until < earliest) earliest = until;
      }
    let size = FIRST_SLOTS;
    while (live * 2 >= size) size *= 2;
    slots = emptySlots(size);
    occupied = live;
    for (let index = 0; index < old.until.length; index += 1) {
      const until = old.until[index]!;
      if (until > nowSeconds) put(slots, freeSlot(slots, old.low[index]!, 0), old.high[index]!, old.low[index]!, until);
    }
    return earliest;
  };

  return {
    size: () => occupied,
    has(high, low, nowSeconds) {
      for (let index = low & slots.mask; slots.until[index] !== 0; index = (index + 1) & slots.mask)
        if (slots.low[index] === low && slots.high[index] === high && slots.until[index]! > nowSeconds) return true;
      return false;
    },
    add(high, low, untilSeconds, nowSeconds) {
      let index = freeSlot(slots, low, nowSeconds);
      if (slots.until[index] === 0) {
        if (occupied + 1 > slots.until.length * MAX_LOAD) {
          rebuild(nowSeconds);
          index = freeSlot(slots, low, nowSeconds);
        }
        occupied += 1;
      }
      put(slots, index, high, low, untilSeconds);
    },
    sweep: rebuild,
  };
}

function emptySlots(size: number): Slots {
  return { high: new Uint32Array(size), low: new Uint32Array(size), until: new Uint32Array(size), mask: size - 1 };
}

/** The first slot that was never used or whose fingerprint has expired. */
function freeSlot(slots: Slots, low: Word, nowSeconds: number): number {
  let index = low & slots.mask;
  while (slots.until[index]! > nowSeconds) index = (index + 1) & slots.mask;
  return index;
}

function put(slots: Slots, index: number, high: Word, low: Word, until: number): void {
  slots.high[index] = high;
  slots.low[index] = low;
  slots.until[index] = until;
}
