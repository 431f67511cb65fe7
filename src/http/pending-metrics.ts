/**
 * Measurements of calls, kept in plain maps until somebody reads the registry: one look-up there by labels costs more
 * than checking a request.
 */

/** Counts by two labels. */
export class PairCounts<Second extends string | number> {
  readonly #counts = new Map<string, Map<Second, number>>();

  add(first: string, second: Second): void {
    let row = this.#counts.get(first);
    if (row === undefined) this.#counts.set(first, (row = new Map<Second, number>()));
    row.set(second, (row.get(second) ?? 0) + 1);
  }

  /** Hands every count over once. */
  drain(take: (first: string, second: Second, count: number) => void): void {
    for (const [first, row] of this.#counts) for (const [second, count] of row) take(first, second, count);
    this.#counts.clear();
  }
}

/** So many durations are handed over at once, so that they take no memory to speak of. */
const MAX_WAITING = 256;

/** Durations by one label, in seconds. */
export class Durations {
  readonly #waiting = new Map<string, number[]>();
  readonly #take: (label: string, seconds: number) => void;

  constructor(take: (label: string, seconds: number) => void) {
    this.#take = take;
  }

  add(label: string, seconds: number): void {
    let row = this.#waiting.get(label);
    if (row === undefined) this.#waiting.set(label, (row = []));
    row.push(seconds);
    if (row.length >= MAX_WAITING) this.#handOver(label, row);
  }

  drain(): void {
    for (const [label, row] of this.#waiting) this.#handOver(label, row);
  }

  #handOver(label: string, row: number[]): void {
    for (const seconds of row) this.#take(label, seconds);
    row.length = 0;
  }
}
