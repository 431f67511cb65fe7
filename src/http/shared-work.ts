import { Turns } from './turns.js';

/** Work that takes as long as a call: one piece a turn of the event loop, and the same piece once for all who ask for it meanwhile. */
export class SharedWork<T> {
  readonly #turns = new Turns(0);
  readonly #running = new Map<string, Promise<T>>();

  /** @param name tells pieces of work apart */
  do(name: string, work: () => Promise<T>): Promise<T> {
    const running = this.#running.get(name);
    if (running !== undefined) return running;
    const begun = new Promise<T>((resolve, reject) => {
      this.#turns.take(() => {
        work().then(resolve, reject);
      });
    }).finally(() => this.#running.delete(name));
    this.#running.set(name, begun);
    return begun;
  }
}
