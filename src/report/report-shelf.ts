import type { Clock } from '../clock.js';
import type { NewId } from '../ids.js';
import { isSigned, signatureOf } from './signed-address.js';
import { type KeptText, TextRing } from './text-ring.js';

export interface ShelfOptions {
  /** Signs the addresses; anyone who has it can make one. */
  readonly secret: string;
  readonly ttlSeconds: number;
  /** Where this service is reached, without a slash at the end; addresses begin with it. */
  readonly baseUrl: () => string;
  readonly clock: Clock;
  readonly newId: NewId;
  /** Together no more than this many of the bytes that are told with each offer. */
  readonly maxBytes?: number;
  readonly maxEntries?: number;
}

/** What an address leads to. */
export type Opened<T> =
  | { readonly state: 'open'; readonly kept: T; readonly text?: string }
  /** Not signed by this service, or changed. */
  | { readonly state: 'refused' }
  | { readonly state: 'expired' }
  /** Signed and in time, but no longer here: evicted, or kept by another process. */
  | { readonly state: 'gone' };

const DEFAULT_MAX_BYTES = 8 * 1024 * 1024;
const DEFAULT_MAX_ENTRIES = 500;
/** A timer for longer than this would fire at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

interface Kept<T> {
  readonly value: T;
  readonly text: KeptText | undefined;
  readonly bytes: number;
  readonly expires: number;
}

/** The path under which reports stand. */
export const REPORT_PATH = '/report';

/**
 * Keeps what report pages are made from, in this process and for a short time. Taking something in costs one HMAC; no
 * report is made until its page is opened. Each goes when its time is over, and the oldest when there is no more room.
 */
export class ReportShelf<T> {
  readonly #options: ShelfOptions;
  readonly #maxBytes: number;
  readonly #maxEntries: number;
  readonly #texts: TextRing;
  /** In the order in which they came, which is also the order in which they expire. */
  readonly #kept = new Map<string, Kept<T>>();
  #bytes = 0;
  /** Runs whenever something is kept, until the oldest is over or some time before. */
  #timer: NodeJS.Timeout | undefined;

  constructor(options: ShelfOptions) {
    this.#options = options;
    this.#maxBytes = options.maxBytes ?? DEFAULT_MAX_BYTES;
    this.#texts = new TextRing(this.#maxBytes);
    this.#maxEntries = options.maxEntries ?? DEFAULT_MAX_ENTRIES;
  }

  /**
   * Takes in what a page is made from.
   *
   * @param bytes about what it takes in memory, with its text
   * @param text that the value needs when its page is opened; handed out beside it
   * @returns the signed address in a language; nothing when it is larger than the whole shelf, for a link
   * that can never be opened is worse than none
   */
  offer(value: T, bytes: number, language: string, text?: string): string | undefined {
    if (bytes > this.#maxBytes) return undefined;
    const keptText = text === undefined ? undefined : this.#texts.add(text);
    if (text !== undefined && keptText === undefined) return undefined;
    const { newId, ttlSeconds } = this.#options;
    const now = this.#now();
    const id = newId();
    const expires = now + ttlSeconds;
    this.#kept.set(id, { value, text: keptText, bytes, expires });
    this.#bytes += bytes;
    this.#makeRoom(now);
    this.#awaitEnd();
    return `${this.#options.baseUrl()}${REPORT_PATH}/${this.addressOf(id, expires, language)}`;
  }

  /**
   * The address of a page as seen from another one, whatever path a proxy puts before both. The signature covers id and end,
   * so that a page can offer its other languages.
   */
  addressOf(id: string, expires: number, language: string, suffix = ''): string {
    const signature = signatureOf(id, expires, this.#options.secret);
    return `${id}${suffix}?lang=${language}&expires=${expires}&signature=${signature}`;
  }

  /** What stands behind an address; the signature is looked at before anything else. */
  open(id: string, expires: string, signature: string): Opened<T> {
    if (!isSigned(id, expires, signature, this.#options.secret)) return { state: 'refused' };
    const now = this.#now();
    if (Number(expires) < now) {
      this.#makeRoom(now);
      return { state: 'expired' };
    }
    const kept = this.#kept.get(id);
    if (kept === undefined) return { state: 'gone' };
    if (kept.text === undefined) return { state: 'open', kept: kept.value };
    const text = this.#texts.read(kept.text);
    return text === undefined ? { state: 'gone' } : { state: 'open', kept: kept.value, text };
  }

  #makeRoom(now: number): void {
    for (const [id, { bytes, expires, text }] of this.#kept) {
      const full = this.#bytes > this.#maxBytes || this.#kept.size > this.#maxEntries;
      if (!full && expires >= now) return;
      this.#kept.delete(id);
      if (text !== undefined) this.#texts.drop(text);
      this.#bytes -= bytes;
    }
  }

  /** Lets go of the oldest once its time is over, also where nothing comes in and no address is opened. */
  #awaitEnd(): void {
    const [oldest] = this.#kept.values();
    if (oldest === undefined || this.#timer !== undefined) return;
    const delayMs = (oldest.expires + 1) * 1000 - this.#options.clock.nowMs();
    this.#timer = setTimeout(
      () => {
        this.#timer = undefined;
        this.#makeRoom(this.#now());
        this.#awaitEnd();
      },
      Math.min(delayMs, LONGEST_TIMER_MS),
    );
    this.#timer.unref();
  }

  #now(): number {
    return Math.floor(this.#options.clock.nowMs() / 1000);
  }
}
