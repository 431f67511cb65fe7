/** Where a text stands in a ring, until it is dropped or written over. */
export interface KeptText {
  readonly from: number;
  readonly to: number;
}

/**
 * Keeps texts, the newest over the oldest, in one piece of memory that is used from its beginning again when its end is
 * reached. Garbage is never collected there: texts of 40 KB that live for some hundred calls would else be copied twice and
 * marked, and be most of what the collector of the old generation has to do.
 */
export class TextRing {
  #memory: Buffer | undefined;
  /** In the order in which they were added, so in that of their places from `#end` on. */
  readonly #kept = new Set<KeptText>();
  #end = 0;

  /** @param size in bytes; taken when the first text comes */
  constructor(private readonly size: number) {}

  /**
   * Keeps a text, in place of the oldest ones where there is no more room.
   *
   * @returns nothing when it is empty, or longer in UTF-8 than the whole ring
   */
  add(text: string): KeptText | undefined {
    const length = Buffer.byteLength(text);
    if (length === 0 || length > this.size) return undefined;
    this.#memory ??= Buffer.allocUnsafeSlow(this.size);
    if (this.#end + length > this.size) {
      this.#makeRoom(this.#end, this.size);
      this.#end = 0;
    }
    const kept = { from: this.#end, to: this.#end + length };
    this.#makeRoom(kept.from, kept.to);
    this.#memory.write(text, kept.from);
    this.#kept.add(kept);
    this.#end = kept.to;
    return kept;
  }

  /** @returns nothing when it was dropped or written over */
  read(kept: KeptText): string | undefined {
    return this.#kept.has(kept) ? this.#memory?.toString('utf8', kept.from, kept.to) : undefined;
  }

  /** Lets go of a text and erases it. */
  drop(kept: KeptText): void {
    if (this.#kept.delete(kept)) this.#memory?.fill(0, kept.from, kept.to);
  }

  #makeRoom(from: number, to: number): void {
    for (const oldest of this.#kept) {
      if (oldest.from < from || oldest.from >= to) return;
      this.drop(oldest);
    }
  }
}
