import { createHash } from 'node:crypto';
import type { Clock } from '../clock.js';
import type { ReplayGuard } from '../schemas/replay.js';
import { createFingerprintTable } from './fingerprint-table.js';

/** Tables grow one at a time, so that growing never holds up other calls noticeably. */
const TABLES = 64;

/**
 * Remembers the tokens that this process saw, until they expire. It never forgets early: when it is full of unexpired
 * tokens it throws, since forgetting one would let it be used again. What it holds is lost when the process ends.
 *
 * @param capacity number of unexpired tokens at most
 */
export function createMemoryReplayGuard(clock: Pick<Clock, 'nowMs'>, capacity: number): ReplayGuard {
  const tables = Array.from({ length: TABLES }, createFingerprintTable);
  let remembered = 0;
  let sweepNext = 0;
  /** While it is full: the second before which sweeping is of no use. */
  let fullUntil = 0;

  const makeRoom = (nowSeconds: number): void => {
    let earliest = nowSeconds < fullUntil ? fullUntil : Number.POSITIVE_INFINITY;
    for (let tried = 0; tried < TABLES && remembered >= capacity && nowSeconds >= fullUntil; tried += 1) {
      const table = tables[sweepNext]!;
      sweepNext = (sweepNext + 1) % TABLES;
      const before = table.size();
      earliest = Math.min(earliest, table.sweep(nowSeconds));
      remembered += table.size() - before;
    }
    if (remembered < capacity) return;
    fullUntil = earliest;
    throw new Error(`the replay guard is full: ${remembered} unexpired tokens`);
  };

  return {
    async claim(issuer, jti, expiresAtMs) {
      const nowSeconds = Math.floor(clock.nowMs() / 1000);
      const digest = createHash('sha256').update(`${issuer}\u0000${jti}`).digest();
      const high = digest.readUInt32BE(0);
      const low = digest.readUInt32BE(4);
      const table = tables[digest.readUInt8(8) % TABLES]!;
      if (table.has(high, low, nowSeconds)) return false;
      if (remembered >= capacity) makeRoom(nowSeconds);
      const before = table.size();
      table.add(high, low, Math.max(Math.ceil(expiresAtMs / 1000), nowSeconds + 1), nowSeconds);
      remembered += table.size() - before;
      return true;
    },
  };
}
