/**
 * Ends a turn of the event loop when its work has taken long enough: what comes after waits for the next one, in the order in which
 * it came. Between turns the loop reads what other connections have sent and keeps its timers, so many calls that came in together
 * hold those up for as long as one turn takes, and not for all of them.
 */
export class Turns {
  readonly #lengthMs: number;
  readonly #waiting: (() => void)[] = [];
  /** On the clock of `performance.now`; nothing while no work was done in this turn. */
  #end: number | undefined;

  /** @param lengthMs no work is begun in a turn after so long; 0 for one piece of work a turn */
  constructor(lengthMs: number) {
    this.#lengthMs = lengthMs;
  }

  /** @param work is done now, or in a later turn after all that waits; what it throws is thrown where it is done */
  take(work: () => void): void {
    if (this.#waiting.length === 0 && this.#mayBegin()) {
      work();
      return;
    }
    this.#waiting.push(work);
    // One for each: what a piece of work has left to promises is done before the next piece.
    setImmediate(() => this.#next());
  }

  #next(): void {
    if (this.#mayBegin()) this.#waiting.shift()!();
    else setImmediate(() => this.#next());
  }

  #mayBegin(): boolean {
    if (this.#end !== undefined) return performance.now() < this.#end;
    this.#end = performance.now() + this.#lengthMs;
    setImmediate(() => (this.#end = undefined));
    return true;
  }
}
