import { afterEach, describe, expect, it, vi } from 'vitest';
import { Turns } from '../../src/http/turns.js';
import { hookRequest, oneCard, testApp } from './test-app.js';

/** Waits until so many turns of the event loop have passed. */
async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn += 1) await new Promise((resume) => setImmediate(resume));
}

/** Takes so long. */
function busy(ms: number): void {
  const until = performance.now() + ms;
  while (performance.now() < until);
}

/** A clock of the test: work that takes so long moves it on, and nothing else does, however busy the machine. */
function ownClock(): (ms: number) => void {
  let now = 0;
  vi.spyOn(performance, 'now').mockImplementation(() => now);
  return (ms) => (now += ms);
}

afterEach(() => vi.restoreAllMocks());

describe('turns of the event loop', () => {
  it('hold one piece of work each where they have no length, in the order in which it came', async () => {
    const seen: string[] = [];
    const work = new Turns(0);
    for (const name of ['a', 'b', 'c']) {
      work.take(() => {
        seen.push(name);
        // Done before the next piece, though it was asked for while the piece was being done.
        setImmediate(() => seen.push(`after ${name}`));
        queueMicrotask(() => seen.push(`rest of ${name}`));
      });
    }
    expect(seen).toEqual(['a']);
    await turns(8);
    expect(seen.filter((each) => each.length === 1)).toEqual(['a', 'b', 'c']);
    expect(seen.indexOf('rest of a')).toBeLessThan(seen.indexOf('b'));
    expect(seen.indexOf('after a')).toBeLessThan(seen.indexOf('c'));
  });

  it('end once they have taken their length', async () => {
    const passes = ownClock();
    const seen: string[] = [];
    const work = new Turns(20);
    for (const [name, ms] of [
      ['a', 1],
      ['b', 30],
      ['c', 1],
      ['d', 1],
    ] as const) {
      work.take(() => {
        passes(ms);
        seen.push(name);
      });
    }
    expect(seen).toEqual(['a', 'b']);
    work.take(() => seen.push('e'));
    expect(seen).toEqual(['a', 'b']);
    await turns(3);
    expect(seen).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  it('count what a piece of work leaves to promises', async () => {
    const passes = ownClock();
    const seen: string[] = [];
    const work = new Turns(20);
    work.take(() => passes(25));
    for (const name of ['a', 'b']) {
      work.take(() => {
        queueMicrotask(() => {
          passes(25);
          seen.push(name);
        });
      });
    }
    const withinTurn: number[] = [];
    while (seen.length < 2) {
      await turns(1);
      withinTurn.push(seen.length);
    }
    expect(withinTurn).toContain(1);
  });

  it('begin anew when all is done', async () => {
    const seen: number[] = [];
    const work = new Turns(0);
    work.take(() => seen.push(1));
    await turns(5);
    work.take(() => seen.push(2));
    expect(seen).toEqual([1, 2]);
  });

  it('go on after a piece of work that throws', async () => {
    const seen: string[] = [];
    const work = new Turns(0);
    expect(() =>
      work.take(() => {
        throw new Error('of the first');
      }),
    ).toThrow('of the first');
    work.take(() => seen.push('second'));
    work.take(() => seen.push('third'));
    await turns(5);
    expect(seen).toEqual(['second', 'third']);
  });

  it('let timers and other calls in between', async () => {
    let timers = 0;
    const between: number[] = [];
    const work = new Turns(0);
    const timer = setInterval(() => (timers += 1), 1);
    await new Promise<void>((done) => {
      for (let piece = 0; piece < 5; piece += 1) {
        work.take(() => {
          between.push(timers);
          busy(5);
          if (piece === 4) done();
        });
      }
    });
    clearInterval(timer);
    expect(between[4]! - between[0]!).toBeGreaterThanOrEqual(3);
  });
});

/**
 * In which turn of the event loop each of some calls is answered that come in together.
 *
 * @param length of each body, in characters
 * @param ms that each answer takes
 */
async function turnsOf(calls: number, length: number, ms: number): Promise<readonly number[]> {
  const seen: number[] = [];
  let turn = 0;
  let counting = true;
  const count = (): void => {
    turn += 1;
    if (counting) setImmediate(count);
  };
  const app = await testApp({
    answer: async () => {
      seen.push(turn);
      busy(ms);
      return oneCard;
    },
  });
  const payload = JSON.stringify({ ...hookRequest(), extension: { padding: 'x'.repeat(length) } });
  const headers = { 'content-type': 'application/json' };
  try {
    await app.ready();
    setImmediate(count);
    const answers = await Promise.all(
      Array.from({ length: calls }, () =>
        app.inject({ method: 'POST', url: '/cds-services/sign-service', headers, payload }),
      ),
    );
    expect(answers.map(({ statusCode }) => statusCode)).toEqual(answers.map(() => 200));
  } finally {
    counting = false;
    await app.close();
  }
  return seen;
}

describe('calls that come in together', () => {
  it('have a turn each where their bodies are large', async () => {
    expect(new Set(await turnsOf(4, 1024 * 1024, 0)).size).toBe(4);
  });

  it('share a turn where they are small, until it has taken forty milliseconds', async () => {
    // On a machine that is busy with other things even small ones may take longer.
    const tries: number[] = [];
    while (!tries.includes(1) && tries.length < 20) tries.push(new Set(await turnsOf(3, 10, 0)).size);
    expect(tries).toContain(1);
    expect(new Set(await turnsOf(3, 10, 60)).size).toBe(3);
  });
});
