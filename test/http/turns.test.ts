import { describe, expect, it } from 'vitest';
import { Turns } from '../../src/http/turns.js';

/** Waits until so many turns of the event loop have passed. */
async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn += 1) await new Promise((resume) => setImmediate(resume));
}

describe('large pieces of work', () => {
  it('are done in the order in which they came, each in a turn of its own', async () => {
    const seen: string[] = [];
    const work = new Turns();
    for (const name of ['a', 'b', 'c']) {
      work.take(() => {
        seen.push(name);
        // Done before the next piece, though it was asked for while the piece was being done.
        setImmediate(() => seen.push(`after ${name}`));
        queueMicrotask(() => seen.push(`rest of ${name}`));
      });
    }
    expect(seen).toEqual([]);
    await turns(8);
    expect(seen.filter((each) => each.length === 1)).toEqual(['a', 'b', 'c']);
    expect(seen.indexOf('rest of a')).toBeLessThan(seen.indexOf('b'));
    expect(seen.indexOf('after a')).toBeLessThan(seen.indexOf('c'));
  });

  it('are taken in again after all of them are done', async () => {
    const seen: number[] = [];
    const work = new Turns();
    work.take(() => seen.push(1));
    await turns(5);
    work.take(() => seen.push(2));
    await turns(5);
    expect(seen).toEqual([1, 2]);
  });

  it('let timers and other calls in between', async () => {
    let timers = 0;
    const between: number[] = [];
    const work = new Turns();
    const timer = setInterval(() => (timers += 1), 1);
    await new Promise<void>((done) => {
      for (let piece = 0; piece < 5; piece += 1) {
        work.take(() => {
          between.push(timers);
          const until = performance.now() + 5;
          while (performance.now() < until);
          if (piece === 4) done();
        });
      }
    });
    clearInterval(timer);
    expect(between[4]! - between[0]!).toBeGreaterThanOrEqual(4);
  });
});
