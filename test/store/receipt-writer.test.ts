import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { DecisionReceipt } from '../../src/schemas/receipt.js';
import { ReceiptWriter } from '../../src/store/receipt-writer.js';
import type { ReceiptWriterOptions } from '../../src/store/receipt-writer.js';
import { keptLog, receipt } from './samples.js';

/** A writer over a disk in memory that can be switched off. */
function writerOver(differences: Partial<ReceiptWriterOptions> = {}) {
  const batches: string[][] = [];
  const disk = { works: true };
  const log = keptLog();
  const observed = { stored: 0, dropped: 0, failed: 0 };
  const writer = new ReceiptWriter({
    save: (receipts: readonly DecisionReceipt[]) => {
      if (!disk.works) return Promise.reject(Object.assign(new Error('private text'), { code: 'SQLITE_FULL' }));
      batches.push(receipts.map(({ cardUuid }) => cardUuid));
      return Promise.resolve();
    },
    log,
    observer: {
      stored: (_kind, result, count) => {
        if (result === 'failed') observed.failed += 1;
        else observed[result === 'ok' ? 'stored' : 'dropped'] += count;
      },
    },
    maxPending: 5,
    batchSize: 3,
    flushEveryMs: 5,
    retryMinMs: 1,
    retryMaxMs: 4,
    ...differences,
  });
  /** What waits, and what the observer was told: receipts that were stored and dropped, attempts that failed. */
  const counts = () => ({ pending: writer.pendingCount, ...observed });
  return { writer, batches, disk, log, counts };
}

const cards = (...names: readonly string[]): readonly DecisionReceipt[] => names.map((name) => receipt(name));

describe('the receipt writer', () => {
  test('writes in the order of arrival, in batches', async () => {
    const { writer, batches, counts } = writerOver();
    writer.enqueue(cards('1', '2'));
    writer.enqueue(cards('3', '4'));
    await writer.flush();
    expect(batches).toEqual([['1', '2', '3'], ['4']]);
    expect(counts()).toEqual({ pending: 0, stored: 4, dropped: 0, failed: 0 });
  });

  test('writes by itself what was handed over', async () => {
    const { writer, batches } = writerOver();
    writer.enqueue(cards('1'));
    expect(batches).toEqual([]);
    await expect.poll(() => batches).toEqual([['1']]);
  });

  test('a flush for one card writes what stands before it and no more', async () => {
    const { writer, batches } = writerOver({ batchSize: 2 });
    writer.enqueue(cards('1', '2', '3', '4', '5'));
    await writer.flush(['3']);
    expect(batches).toEqual([
      ['1', '2'],
      ['3', '4'],
    ]);
    await writer.flush(['nobody']);
    expect(batches).toHaveLength(2);
  });

  test('beyond its bound it gives up the oldest, counts them, and logs a number only', async () => {
    const { writer, batches, disk, log, counts } = writerOver();
    disk.works = false;
    writer.enqueue(cards('1', '2', '3', '4', '5'));
    await expect(writer.flush()).rejects.toMatchObject({ code: 'SQLITE_FULL' });
    writer.enqueue(cards('6', '7'));
    expect(counts()).toMatchObject({ pending: 5, dropped: 2 });
    expect(writer.pending('2')).toBeUndefined();
    expect(writer.pending('3')).toEqual(receipt('3'));
    disk.works = true;
    await writer.flush();
    expect(batches.flat()).toEqual(['3', '4', '5', '6', '7']);
    const lines = log.lines.join('\n');
    expect(lines).toContain('"dropped":2');
    expect(lines).toContain('"code":"SQLITE_FULL"');
    expect(lines).not.toContain('private text');
  });

  test('tries again by itself until the disk works', async () => {
    const { writer, batches, disk, counts } = writerOver();
    disk.works = false;
    writer.enqueue(cards('1'));
    await expect.poll(() => counts().failed).toBeGreaterThan(2);
    disk.works = true;
    await expect.poll(() => batches).toEqual([['1']]);
  });

  test('closing writes what waits and takes no more', async () => {
    const { writer, batches, counts } = writerOver();
    writer.enqueue(cards('1'));
    await writer.close();
    writer.enqueue(cards('2'));
    expect(batches).toEqual([['1']]);
    expect(counts()).toEqual({ pending: 0, stored: 1, dropped: 1, failed: 0 });
  });

  test('closing ends although the disk does not work, and says what it gave up', async () => {
    const { writer, disk, log, counts } = writerOver();
    disk.works = false;
    writer.enqueue(cards('1', '2'));
    await writer.close();
    expect(counts()).toMatchObject({ pending: 0, stored: 0, dropped: 2 });
    expect(log.lines.at(-1)).toContain('"dropped":2');
  });

  test('once closing has ended nothing is being written and nothing will be', async () => {
    let saves = 0;
    let under = 0;
    // Every second one fails, so that each attempt of closing ends with a first failure; the seventh is slow to.
    const save = async (): Promise<void> => {
      saves += 1;
      const slow = saves > 6;
      if (!slow && saves % 2 === 1) return;
      under += 1;
      if (slow) await new Promise((resolve) => setTimeout(resolve, 20));
      under -= 1;
      throw new Error('the disk does not work');
    };
    const { writer, counts } = writerOver({ save, batchSize: 1 });
    writer.enqueue(cards('1', '2', '3', '4', '5'));
    await writer.close();
    const before = saves;
    expect({ under, ...counts() }).toEqual({ under: 0, pending: 0, stored: 3, dropped: 2, failed: 3 });
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(saves).toBe(before);
  });

  test('closing waits for a write that a call asked for between its attempts', async () => {
    let saves = 0;
    let under = 0;
    const save = async (): Promise<void> => {
      saves += 1;
      under += 1;
      if (saves === 3) setTimeout(() => void writer.flush(['1']).catch(() => undefined), 1);
      if (saves > 3) await new Promise((resolve) => setTimeout(resolve, 50));
      under -= 1;
      throw new Error('the disk does not work');
    };
    const { writer, counts } = writerOver({ save, retryMinMs: 20, retryMaxMs: 1000 });
    writer.enqueue(cards('1'));
    await writer.close();
    expect({ under, ...counts() }).toEqual({ under: 0, pending: 0, stored: 0, dropped: 1, failed: 4 });
  });

  test('a receipt without an instant holds up no other', async () => {
    const { writer, batches, counts } = writerOver();
    writer.enqueue([receipt('odd', { issuedAt: 'yesterday' }), receipt('1')]);
    await writer.flush();
    expect(batches).toEqual([['1']]);
    expect(counts().dropped).toBe(1);
  });

  test('every receipt is stored, waiting or counted as given up, whatever happens when', async () => {
    const step = fc.oneof(
      fc.record({ enqueue: fc.integer({ min: 1, max: 8 }) }),
      fc.constantFrom({ disk: true }, { disk: false }, { flush: true as const }, { pause: true as const }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
        const { writer, batches, disk, counts } = writerOver();
        let given = 0;
        for (const action of steps) {
          if ('enqueue' in action) {
            const names = Array.from({ length: action.enqueue }, () => String(given++));
            writer.enqueue(cards(...names));
          } else if ('disk' in action) disk.works = action.disk;
          else if ('flush' in action) await writer.flush().catch(() => undefined);
          else await new Promise((resolve) => setTimeout(resolve, 2));
          const { pending, stored, dropped } = counts();
          expect(pending + stored + dropped).toBe(given);
        }
        disk.works = true;
        await writer.close();
        const { stored, dropped } = counts();
        expect(stored + dropped).toBe(given);
        expect(new Set(batches.flat()).size).toBe(stored);
        expect(batches.flat()).toEqual(batches.flat().sort((a, b) => Number(a) - Number(b)));
      }),
      { numRuns: 60 },
    );
  });
});
