/**
 * Does large pieces of work one at a time and lets the event loop turn after each: large calls that came in together keep
 * the others waiting for as long as one of them takes, and not for all of them.
 */
export class Turns {
  readonly #waiting: (() => void)[] = [];
  #open = false;

  /** @param work is done in a later turn, after all that was taken in before it; what it throws is thrown there */
  take(work: () => void): void {
    this.#waiting.push(work);
    if (this.#open) return;
    this.#open = true;
    setImmediate(() => this.#next());
  }

  #next(): void {
    const work = this.#waiting.shift();
    if (work === undefined) {
      this.#open = false;
      return;
    }
    setImmediate(() => this.#next());
    work();
  }
}
