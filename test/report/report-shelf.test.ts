import v8 from 'node:v8';
import vm from 'node:vm';
import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ReportShelf, type ShelfOptions } from '../../src/report/report-shelf.js';
import { isSigned, signatureOf } from '../../src/report/signed-address.js';

const START = Date.parse('2026-12-01T10:00:00Z');

v8.setFlagsFromString('--expose-gc');
const collectGarbage = vm.runInNewContext('gc') as () => void;

function shelfAt<T = string>(options: Partial<ShelfOptions> = {}) {
  let ids = 0;
  let nowMs = START;
  const shelf = new ReportShelf<T>({
    secret: 'a secret for tests only, of some length',
    ttlSeconds: 3600,
    baseUrl: () => 'https://cds.example',
    clock: { nowMs: () => nowMs, today: () => '2026-12-01' },
    newId: () => `id-${++ids}`,
    ...options,
  });
  return { shelf, pass: (seconds: number) => void (nowMs += seconds * 1000) };
}

async function isHeld(old: WeakRef<object>): Promise<boolean> {
  // What a reference was asked for stays until the turn ends.
  await new Promise((resolve) => setImmediate(resolve));
  collectGarbage();
  return old.deref() !== undefined;
}

function parts(url: string): [id: string, expires: string, signature: string] {
  const { pathname, searchParams } = new URL(url);
  return [pathname.split('/').at(-1)!, searchParams.get('expires')!, searchParams.get('signature')!];
}

describe('the shelf of reports', () => {
  afterEach(() => {
    vi.useRealTimers();
    vi.restoreAllMocks();
  });

  it('gives back what it was offered, by the address it gave', () => {
    const { shelf } = shelfAt();
    const url = shelf.offer('report one', 10, 'nl')!;
    expect(url).toMatch(/^https:\/\/cds\.example\/report\/id-1\?lang=nl&expires=\d+&signature=[\w-]{43}$/);
    expect(shelf.open(...parts(url))).toEqual({ state: 'open', kept: 'report one' });
  });

  it.each([
    { seconds: 0, state: 'open' },
    { seconds: 3600, state: 'open' },
    { seconds: 3601, state: 'expired' },
  ])('after $seconds of 3600 seconds is $state', ({ seconds, state }) => {
    const { shelf, pass } = shelfAt();
    const url = shelf.offer('report', 10, 'nl')!;
    pass(seconds);
    expect(shelf.open(...parts(url)).state).toBe(state);
  });

  it('refuses a changed id, a later end, a cut or foreign signature, and another spelling of the same end', () => {
    const { shelf } = shelfAt();
    const [id, expires, signature] = parts(shelf.offer('report', 10, 'nl')!);
    const other = signatureOf(id, Number(expires), 'another secret, just as long as the first');
    const tries: [string, string, string][] = [
      ['id-2', expires, signature],
      [id, String(Number(expires) + 1), signature],
      [id, expires, signature.slice(1)],
      [id, expires, ''],
      [id, expires, other],
      [id, `0${expires}`, signature],
      [id, `${expires}.0`, signature],
      [id, `+${expires}`, signature],
      [id, '', signature],
    ];
    expect(tries.map((given) => shelf.open(...given).state)).toEqual(tries.map(() => 'refused'));
  });

  it('refuses a bad signature before it says that a report is expired or gone', () => {
    const { shelf, pass } = shelfAt();
    const [id, expires, signature] = parts(shelf.offer('report', 10, 'nl')!);
    pass(4000);
    expect(shelf.open(id, expires, `x${signature.slice(1)}`).state).toBe('refused');
  });

  it.each([
    { offered: 3, gone: 0 },
    { offered: 4, gone: 1 },
  ])('keeps three of $offered, the oldest goes', ({ offered, gone }) => {
    const { shelf } = shelfAt({ maxEntries: 3 });
    const urls = Array.from({ length: offered }, (_, index) => shelf.offer(`report ${index}`, 1, 'nl')!);
    expect(urls.filter((url) => shelf.open(...parts(url)).state === 'gone')).toEqual(urls.slice(0, gone));
  });

  it('keeps five hundred where nothing else is asked for', () => {
    const { shelf } = shelfAt();
    const urls = Array.from({ length: 501 }, (_, index) => shelf.offer(`report ${index}`, 1, 'nl')!);
    expect(urls.filter((url) => shelf.open(...parts(url)).state === 'gone')).toEqual(urls.slice(0, 1));
  });

  it.each([
    { bytes: [40, 60], states: ['open', 'open'] },
    { bytes: [41, 60], states: ['gone', 'open'] },
    { bytes: [50, 50, 100], states: ['gone', 'gone', 'open'] },
  ])('keeps a hundred bytes of $bytes', ({ bytes, states }) => {
    const { shelf } = shelfAt({ maxBytes: 100 });
    const urls = bytes.map((size) => shelf.offer('report', size, 'nl')!);
    expect(urls.map((url) => shelf.open(...parts(url)).state)).toEqual(states);
  });

  it('gives no address for what is larger than the whole shelf, and keeps what it had', () => {
    const { shelf } = shelfAt({ maxBytes: 100 });
    const url = shelf.offer('report', 60, 'nl')!;
    expect(shelf.offer('large', 101, 'nl')).toBeUndefined();
    expect(shelf.open(...parts(url)).state).toBe('open');
  });

  it.each([
    { seconds: 3600, held: true },
    { seconds: 3601, held: false },
  ])('when something comes in after $seconds of 3600 seconds the old one is held: $held', async ({ seconds, held }) => {
    const { shelf, pass } = shelfAt<object>();
    const old = new WeakRef({ of: 'a patient' });
    shelf.offer(old.deref()!, 10, 'nl');
    pass(seconds);
    shelf.offer({ of: 'another' }, 10, 'nl');
    expect(await isHeld(old)).toBe(held);
    expect(shelf).toBeDefined();
  });

  it.each([
    { seconds: 3600, held: true },
    { seconds: 3601, held: false },
  ])('when nothing comes in for $seconds of 3600 seconds the old one is held: $held', async ({ seconds, held }) => {
    vi.useFakeTimers({ now: START, toFake: ['setTimeout', 'clearTimeout', 'Date'] });
    const { shelf } = shelfAt<object>({ clock: { nowMs: () => Date.now(), today: () => '2026-12-01' } });
    const olds = [new WeakRef({ of: 'a patient' }), new WeakRef({ of: 'another' })];
    shelf.offer(olds[0]!.deref()!, 10, 'nl');
    vi.advanceTimersByTime(1800_000);
    shelf.offer(olds[1]!.deref()!, 10, 'nl');
    vi.advanceTimersByTime(seconds * 1000 - 1800_000);
    expect(await Promise.all(olds.map(isHeld))).toEqual([held, true]);
    vi.advanceTimersByTime(1800_000);
    expect(await Promise.all(olds.map(isHeld))).toEqual([false, held]);
    expect(shelf).toBeDefined();
  });

  it('when its address is opened after its time it is let go, though no timer came', async () => {
    const { shelf, pass } = shelfAt<object>();
    const old = new WeakRef({ of: 'a patient' });
    const url = shelf.offer(old.deref()!, 10, 'nl')!;
    pass(3601);
    expect(shelf.open(...parts(url))).toEqual({ state: 'expired' });
    expect(await isHeld(old)).toBe(false);
    expect(shelf).toBeDefined();
  });

  it('keeps no process alive', () => {
    vi.useFakeTimers({ now: START });
    const { shelf } = shelfAt();
    const timers = vi.spyOn(globalThis, 'setTimeout');
    shelf.offer('report', 10, 'nl');
    expect(timers.mock.results.map(({ value }) => (value as NodeJS.Timeout).hasRef())).toEqual([false]);
  });

  it('an address of one process leads nowhere in another with the same secret: gone, not refused', () => {
    const one = shelfAt();
    const another = shelfAt();
    const url = one.shelf.offer('report', 10, 'nl')!;
    expect(another.shelf.open(...parts(url)).state).toBe('gone');
  });

  it('keeps the newest within its bounds, whatever is offered', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(120), { maxLength: 60 }), (sizes) => {
        const { shelf } = shelfAt({ maxBytes: 100, maxEntries: 5 });
        const urls = sizes.map((size) => ({ size, url: shelf.offer('report', size, 'nl') }));
        const open = urls.filter(({ url }) => url !== undefined && shelf.open(...parts(url)).state === 'open');
        const kept: number[] = [];
        for (const size of sizes.filter((one) => one <= 100)) {
          kept.push(size);
          while (kept.length > 5 || kept.reduce((sum, one) => sum + one, 0) > 100) kept.shift();
        }
        expect(open.map(({ size }) => size)).toEqual(kept);
      }),
    );
  });

  it('hands a text out beside what needs it, the newest as far as there is room for their texts', () => {
    const { shelf } = shelfAt({ maxBytes: 10 });
    const urls = ['één', 'two', 'three'].map((text) => shelf.offer('report', 1, 'nl', text)!);
    expect(urls.map((url) => shelf.open(...parts(url)))).toEqual([
      { state: 'gone' },
      { state: 'open', kept: 'report', text: 'two' },
      { state: 'open', kept: 'report', text: 'three' },
    ]);
    expect(shelf.offer('report', 1, 'nl', 'x'.repeat(11))).toBeUndefined();
    expect(shelf.offer('report', 1, 'nl', 'é'.repeat(6))).toBeUndefined();
  });

  it('erases the text of what is let go', () => {
    const memory = vi.spyOn(Buffer, 'allocUnsafeSlow');
    const { shelf, pass } = shelfAt({ maxBytes: 100 });
    shelf.offer('report', 10, 'nl', 'of a patient');
    const value = memory.mock.results[0]!.value as Buffer;
    expect(value.includes('of a patient')).toBe(true);
    pass(3601);
    shelf.offer('report', 10, 'nl');
    expect(value.includes('of a patient')).toBe(false);
  });

  it('no other text passes for a signature', () => {
    const good = signatureOf('id-1', 1, 'secret');
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.base64String()), (text) => {
        expect(isSigned('id-1', '1', text, 'secret')).toBe(text === good);
      }),
    );
  });
});
