/**
 * A process that takes feedback under load and says, one line per item, which it has acknowledged. It is there to be killed.
 *
 * Arguments: data directory, prefix of its card ids.
 */
import { writeSync } from 'node:fs';
import { openStore } from '../../src/store/open-store.js';
import { RECEIVED, accepted, keptLog, receipt } from './samples.js';

const [dataDir = '', prefix = ''] = process.argv.slice(2);
const store = await openStore({ dataDir, log: keptLog() });

async function acknowledge(lane: number): Promise<never> {
  for (let n = 0; ; n += 1) {
    const cards = [`${prefix}-${lane}-${n}-a`, `${prefix}-${lane}-${n}-b`];
    store.enqueueReceipts(cards.map((card) => receipt(card)));
    await store.saveFeedback(
      'hospital-a',
      cards.map((card) => accepted(card)),
      RECEIVED,
    );
    // Synchronous: what was said was said before the kill.
    writeSync(1, cards.map((card) => `${card}\n`).join(''));
  }
}

await Promise.all([0, 1, 2, 3].map(acknowledge));
