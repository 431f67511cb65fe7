import { describe, expect, it } from 'vitest';
import { SharedWork } from '../../src/http/shared-work.js';

describe('work that several ask for', () => {
  it('is done once while it runs, and again after that', async () => {
    const shared = new SharedWork<number>();
    let done = 0;
    const work = () => Promise.resolve((done += 1));
    expect(await Promise.all([shared.do('a', work), shared.do('a', work), shared.do('b', work)])).toEqual([1, 1, 2]);
    expect(await shared.do('a', work)).toBe(3);
  });

  it('lets other work of the event loop come between two pieces', async () => {
    const shared = new SharedWork<void>();
    const order: string[] = [];
    const piece = (name: string) =>
      shared.do(name, () => {
        order.push(name);
        setImmediate(() => order.push(`after ${name}`));
        return Promise.resolve();
      });
    await Promise.all([piece('a'), piece('b')]);
    expect(order.slice(0, 3)).toEqual(['a', 'after a', 'b']);
  });

  it('that fails fails for all who asked, and may be asked for again', async () => {
    const shared = new SharedWork<number>();
    const fail = () => Promise.reject(new Error('x'));
    const both = await Promise.allSettled([shared.do('a', fail), shared.do('a', fail)]);
    expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(await shared.do('a', () => Promise.resolve(1))).toBe(1);
  });
});
