import type { Observer } from '../schemas/observer.js';
import type { DecisionReceipt } from '../schemas/receipt.js';
import { failureCode } from './failure.js';
import type { StoreLog } from './store.js';

export interface ReceiptWriterOptions {
  /** Writes a batch, all or none; durable once it resolves. */
  readonly save: (receipts: readonly DecisionReceipt[]) => Promise<void>;
  readonly log: StoreLog;
  readonly observer: Pick<Observer, 'stored'>;
  /** Receipts that may wait; beyond it the oldest are given up. */
  readonly maxPending: number;
  readonly batchSize: number;
  /** Longest wait before a receipt is written while the store works. */
  readonly flushEveryMs: number;
  /** Waits after a first and after many failures in a row; doubled in between. */
  readonly retryMinMs: number;
  readonly retryMaxMs: number;
}

/**
 * Writes receipts behind the cards: taking one costs a map entry, the disk is touched once per batch.
 *
 * While the store fails, receipts wait in a bounded queue. When that is full the oldest go: feedback comes about the cards that
 * physicians look at now. Every loss is counted and logged, as a number.
 */
export class ReceiptWriter {
  readonly #options: ReceiptWriterOptions;
  #waiting = new Map<string, DecisionReceipt>();
  #writing: ReadonlyMap<string, DecisionReceipt> = new Map();
  #running: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;
  #failuresInARow = 0;
  #closed = false;
  #droppedNotLogged = 0;

  constructor(options: ReceiptWriterOptions) {
    this.#options = options;
  }

  /** How many receipts are not known to be on disk yet. */
  get pendingCount(): number {
    return this.#waiting.size + this.#writing.size;
  }

  /** Whether the last attempt failed; it tries again by itself. */
  get failing(): boolean {
    return this.#failuresInARow > 0;
  }

  /** Takes receipts and returns at once. After {@link close} they are counted as dropped. */
  enqueue(receipts: readonly DecisionReceipt[]): void {
    for (const receipt of receipts) {
      // Without an instant a row could not be kept for its term, and would fail its whole batch for ever.
      if (this.#closed || Number.isNaN(Date.parse(receipt.issuedAt))) this.#drop(1);
      else this.#waiting.set(receipt.cardUuid, receipt);
    }
    this.#trim();
    if (this.#failuresInARow > 0) return;
    if (this.#waiting.size >= this.#options.batchSize) this.#schedule(0);
    else if (this.#waiting.size > 0 && this.#timer === undefined) this.#schedule(this.#options.flushEveryMs);
  }

  /** A receipt that is not known to be on disk yet. */
  pending(cardUuid: string): DecisionReceipt | undefined {
    return this.#waiting.get(cardUuid) ?? this.#writing.get(cardUuid);
  }

  /**
   * Writes what waits at this moment, or only these cards' receipts (and what stands before them).
   *
   * @throws what the store threw, when it cannot write now; the receipts stay in the queue
   */
  async flush(cardUuids: readonly string[] = [...this.#writing.keys(), ...this.#waiting.keys()]): Promise<void> {
    while (cardUuids.some((cardUuid) => this.pending(cardUuid) !== undefined)) {
      await (this.#running ?? this.#start());
    }
  }

  /**
   * Takes no more, writes what waits; what the store will not take after a few attempts is counted as dropped. Nothing is
   * being written once it resolves, and nothing will be.
   */
  async close(): Promise<void> {
    this.#closed = true;
    for (let attempt = 0; attempt < 3 && this.pendingCount > 0; attempt += 1) {
      try {
        await this.flush();
      } catch {
        await new Promise((resolve) => setTimeout(resolve, this.#options.retryMinMs));
      }
    }
    clearTimeout(this.#timer);
    this.#timer = undefined;
    // A call may have asked for a write since; the database goes when this is done, and what fails is waiting again.
    while (this.#running !== undefined) await this.#running.catch(() => undefined);
    this.#drop(this.#waiting.size);
    this.#waiting.clear();
    this.#logDrops();
  }

  #schedule(delayMs: number): void {
    if (this.#closed || this.#running !== undefined) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      // The failure is counted, logged and scheduled again where it happened.
      this.#start().catch(() => undefined);
    }, delayMs);
  }

  #start(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#running = this.#drain().finally(() => {
      this.#running = undefined;
      if (this.#waiting.size > 0) this.#schedule(this.#pauseMs());
    });
    return this.#running;
  }

  #pauseMs(): number {
    if (this.#failuresInARow === 0) return 0;
    const { retryMinMs, retryMaxMs } = this.#options;
    return Math.min(retryMaxMs, retryMinMs * 2 ** Math.min(this.#failuresInARow - 1, 30));
  }

  async #drain(): Promise<void> {
    const batch = new Map<string, DecisionReceipt>();
    for (const [cardUuid, receipt] of this.#waiting) {
      if (batch.size === this.#options.batchSize) break;
      batch.set(cardUuid, receipt);
      this.#waiting.delete(cardUuid);
    }
    this.#writing = batch;
    try {
      await this.#options.save([...batch.values()]);
      this.#options.observer.stored('receipt', 'ok', batch.size);
      if (this.#failuresInARow > 0) {
        this.#options.log.info({ waiting: this.#waiting.size }, 'receipts are being stored again');
        this.#failuresInARow = 0;
      }
      this.#logDrops();
    } catch (error) {
      this.#waiting = new Map([...batch, ...this.#waiting]);
      this.#options.observer.stored('receipt', 'failed', batch.size);
      this.#failuresInARow += 1;
      this.#options.log.warn(
        { code: failureCode(error), waiting: this.#waiting.size, failuresInARow: this.#failuresInARow },
        'receipts could not be stored and will be tried again',
      );
      throw error;
    } finally {
      this.#writing = new Map();
      this.#trim();
    }
  }

  #trim(): void {
    let excess = this.#waiting.size - this.#options.maxPending;
    if (excess <= 0) return;
    this.#drop(excess);
    for (const cardUuid of this.#waiting.keys()) {
      this.#waiting.delete(cardUuid);
      excess -= 1;
      if (excess === 0) break;
    }
  }

  /** Tells the observer at once; logs with the next attempt, so that an outage does not fill the log. */
  #drop(count: number): void {
    if (count === 0) return;
    this.#options.observer.stored('receipt', 'dropped', count);
    this.#droppedNotLogged += count;
    if (this.#timer === undefined && this.#running === undefined) this.#logDrops();
  }

  #logDrops(): void {
    if (this.#droppedNotLogged === 0) return;
    this.#options.log.error({ dropped: this.#droppedNotLogged }, 'receipts were given up');
    this.#droppedNotLogged = 0;
  }
}
