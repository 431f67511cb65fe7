import { stat } from 'node:fs/promises';
import fc from 'fast-check';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { createMemoryReplayGuard } from '../../src/auth/memory-replay-guard.js';
import { createLastingReplayGuard } from '../../src/auth/lasting-replay-guard.js';
import { createSharedReplayGuard, type SharedReplayGuardOptions } from '../../src/auth/shared-replay-guard.js';
import { CdsError } from '../../src/errors.js';
import type { ReplayGuard } from '../../src/schemas/replay.js';
import type { SigningKey } from './client-kit.js';
import {
  authenticatorFor,
  bearer,
  forKeys,
  handClock,
  ISSUER,
  NOW,
  NOW_SECONDS,
  PATH,
  publicKeys,
  refusalOf,
  registration,
  signingKey,
  token,
  trust,
} from './client-kit.js';

let key: SigningKey;
beforeAll(async () => {
  key = await signingKey();
});

describe('a token is used once', () => {
  test('[row 141] the second time it is refused, up to the moment it expires anyway', async () => {
    const clock = handClock();
    const settings = trust(registration({ localKeys: new Map([[ISSUER, publicKeys(key)]]) }));
    const { authenticate } = authenticatorFor(settings, { clock });
    const compact = await token(key, { exp: NOW_SECONDS + 300 });
    await expect(authenticate(bearer(compact), PATH)).resolves.toBeDefined();
    for (const seconds of [0, 299, 60]) {
      clock.advance(seconds * 1000);
      const error = await refusalOf(authenticate(bearer(compact), PATH));
      expect(error.detail).toMatch(/^jti was used before;/);
    }
    clock.advance(1000);
    expect((await refusalOf(authenticate(bearer(compact), PATH))).detail).toMatch(/^exp has passed;/);
  });

  test('[row 141] of many calls at once with one token, one gets in', async () => {
    const { authenticate } = forKeys([key]);
    const compact = await token(key);
    const calls = await Promise.allSettled(Array.from({ length: 20 }, () => authenticate(bearer(compact), PATH)));
    expect(calls.filter((call) => call.status === 'fulfilled')).toHaveLength(1);
  });

  test('[row 141] a new token with an old jti is refused; the same jti of another issuer is not', async () => {
    const second = 'https://second.example';
    const keys = new Map([ISSUER, second].map((issuer) => [issuer, publicKeys(key)] as const));
    const { authenticate } = authenticatorFor(trust(registration({ issuers: [ISSUER, second], localKeys: keys })));
    await authenticate(bearer(await token(key, { jti: 'once' })), PATH);
    await refusalOf(authenticate(bearer(await token(key, { jti: 'once', exp: NOW_SECONDS + 900 })), PATH));
    await expect(authenticate(bearer(await token(key, { jti: 'once', iss: second })), PATH)).resolves.toBeDefined();
  });

  test('[row 141] a token that is refused for another reason does not use up its id', async () => {
    const { authenticate } = forKeys([key]);
    const stranger = await signingKey();
    await refusalOf(authenticate(bearer(await token(stranger, { jti: 'wanted' })), PATH));
    await refusalOf(authenticate(bearer(await token(key, { jti: 'wanted', aud: 'https://other.example' })), PATH));
    await expect(authenticate(bearer(await token(key, { jti: 'wanted' })), PATH)).resolves.toBeDefined();
  });

  test('[row 141] when it cannot be told, the call is put off, not let in', async () => {
    const replayGuard: ReplayGuard = { claim: () => Promise.reject(new Error('the store is down')) };
    const settings = trust(registration({ localKeys: new Map([[ISSUER, publicKeys(key)]]) }));
    const call = authenticatorFor(settings, { replayGuard }).authenticate(bearer(await token(key)), PATH);
    const error = await call.then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(CdsError);
    expect(error).toMatchObject({ code: 'OVERLOADED', status: 503, retryAfterSeconds: 5 });
  });
});

describe('the memory of one process', () => {
  test('[row 141] it answers as a plain map would, over many claims and moments', async () => {
    const claims = fc.array(
      fc.record({
        issuer: fc.constantFrom('a', 'b'),
        jti: fc.integer({ min: 0, max: 4_000 }).map(String),
        lifeSeconds: fc.integer({ min: 1, max: 600 }),
        waitMs: fc.integer({ min: 0, max: 400 }),
      }),
      { minLength: 1, maxLength: 3_000, size: 'max' },
    );
    await fc.assert(
      fc.asyncProperty(claims, async (sequence) => {
        const clock = handClock();
        const guard = createMemoryReplayGuard(clock, 10_000);
        const model = new Map<string, number>();
        for (const { issuer, jti, lifeSeconds, waitMs } of sequence) {
          clock.advance(waitMs);
          const untilMs = (Math.floor(clock.nowMs() / 1000) + lifeSeconds) * 1000;
          const id = `${issuer} ${jti}`;
          const fresh = (model.get(id) ?? 0) <= clock.nowMs();
          if (fresh) model.set(id, untilMs);
          expect(await guard.claim(issuer, jti, untilMs)).toBe(fresh);
        }
      }),
      { numRuns: 15 },
    );
  });

  test('[row 141] it refuses to forget: when full it throws, and has room again after expiry', async () => {
    const clock = handClock();
    const guard = createMemoryReplayGuard(clock, 5_000);
    for (let index = 0; index < 5_000; index += 1) expect(await guard.claim('a', `t${index}`, NOW + 60_000)).toBe(true);
    await expect(guard.claim('a', 'one more', NOW + 60_000)).rejects.toThrow('full');
    expect(await guard.claim('a', 't0', NOW + 60_000)).toBe(false);
    expect(await guard.claim('a', 't4999', NOW + 60_000)).toBe(false);
    await expect(guard.claim('a', 'another', NOW + 60_000)).rejects.toThrow('full');
    clock.advance(60_000);
    expect(await guard.claim('a', 'one more', NOW + 120_000)).toBe(true);
  });
});

/** Times that no test reaches; whatever goes wrong is an outage. */
const PATIENT = { timeoutMs: 1_000, awayTimeoutMs: 1_000, isOutage: () => true } as const;
const NEVER: ReplayGuard = { claim: () => new Promise(() => undefined) };

describe('what instances share', () => {
  const instance = (
    shared: ReplayGuard,
    outages: unknown[] = [],
    changes: Partial<SharedReplayGuardOptions> = {},
  ): ReplayGuard =>
    createSharedReplayGuard({
      memory: createMemoryReplayGuard(handClock(), 1_000),
      shared,
      ...PATIENT,
      onOutage: (cause) => outages.push(cause),
      ...changes,
    });

  test('[row 141] a token used at one instance is refused at the other', async () => {
    const shared = createMemoryReplayGuard(handClock(), 1_000);
    const [one, two] = [instance(shared), instance(shared)];
    expect(await one.claim('a', 't', NOW + 1_000)).toBe(true);
    expect(await two.claim('a', 't', NOW + 1_000)).toBe(false);
    expect(await one.claim('a', 't', NOW + 1_000)).toBe(false);
  });

  const broken: readonly (readonly [string, ReplayGuard])[] = [
    ['fails', { claim: () => Promise.reject(new Error('down')) }],
    [
      'throws',
      {
        claim: () => {
          throw new Error('down');
        },
      },
    ],
    ['never answers', NEVER],
  ];
  test.each(broken)(
    '[row 141] when the shared guard %s, this instance decides alone and says so',
    async (_name, shared) => {
      const outages: unknown[] = [];
      const guard = instance(shared, outages, { timeoutMs: 20 });
      expect(await guard.claim('a', 't', NOW + 1_000)).toBe(true);
      expect(await guard.claim('a', 't', NOW + 1_000)).toBe(false);
      expect(outages).toHaveLength(1);
    },
  );

  test('[row 141] when the shared guard is only busy nobody decides alone', async () => {
    const outages: unknown[] = [];
    const guard = instance(NEVER, outages, { timeoutMs: 20, isOutage: () => false });
    await expect(guard.claim('a', 't', NOW + 1_000)).rejects.toMatchObject({ code: 'ETIMEDOUT' });
    expect(await guard.claim('a', 't', NOW + 1_000)).toBe(false);
    expect(outages).toEqual([]);
  });

  test('[row 141] once the shared guard is away it is waited for less, until it answers, be it late', async () => {
    const answers: ((first: boolean) => void)[] = [];
    const slow: ReplayGuard = { claim: () => new Promise((resolve) => answers.push(resolve)) };
    const guard = instance(slow, [], { timeoutMs: 21, awayTimeoutMs: 7 });
    const timers = vi.spyOn(globalThis, 'setTimeout');
    try {
      for (const jti of ['t', 'u']) expect(await guard.claim('a', jti, NOW + 1_000)).toBe(true);
      answers[0]!(true);
      expect(await guard.claim('a', 'v', NOW + 1_000)).toBe(true);
      expect(timers.mock.calls.map(([, delayMs]) => delayMs)).toEqual([21, 7, 21]);
    } finally {
      timers.mockRestore();
    }
  });

  test('[row 141] a process that was busy hears what the shared guard said meanwhile', async () => {
    const outages: unknown[] = [];
    const seen: ReplayGuard = { claim: () => stat('.').then(() => false) };
    // From here the loop comes to its timers before it reads what has come.
    await new Promise((resolve) => setImmediate(resolve));
    const asked = instance(seen, outages, { timeoutMs: 20 }).claim('a', 't', NOW + 1_000);
    for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
    const until = performance.now() + 100;
    while (performance.now() < until);
    expect(await asked).toBe(false);
    expect(outages).toEqual([]);
  });

  test('[row 141] when the memory is full the shared guard decides; when both fail nobody does', async () => {
    const full: ReplayGuard = { claim: () => Promise.reject(new Error('full')) };
    const options = { ...PATIENT, onOutage: () => undefined };
    const shared = createMemoryReplayGuard(handClock(), 1_000);
    const guard = createSharedReplayGuard({ memory: full, shared, ...options });
    expect(await guard.claim('a', 't', NOW + 1_000)).toBe(true);
    expect(await guard.claim('a', 't', NOW + 1_000)).toBe(false);
    await expect(
      createSharedReplayGuard({ memory: full, shared: full, ...options }).claim('a', 'u', NOW),
    ).rejects.toThrow('full');
  });
});

describe('what outlives a process', () => {
  const LONGEST_MS = 420_000;
  const started = (clock: ReturnType<typeof handClock>, kept: ReplayGuard, outages: unknown[] = []) => {
    const memory = createMemoryReplayGuard(clock, 1_000);
    const onOutage = (cause: unknown): void => void outages.push(cause);
    const both = createSharedReplayGuard({ memory, shared: kept, ...PATIENT, onOutage });
    return createLastingReplayGuard({ memory, kept, both, clock, longestMs: LONGEST_MS, onOutage });
  };

  test('[row 141] a token that was used before a restart is refused after it, whenever before', async () => {
    for (const ageMs of [0, LONGEST_MS - 1, LONGEST_MS, 10 * LONGEST_MS]) {
      const clock = handClock();
      const kept = createMemoryReplayGuard(clock, 1_000);
      const before = started(clock, kept);
      clock.advance(ageMs);
      const until = clock.nowMs() + LONGEST_MS;
      expect(await before.claim('a', 't', until)).toBe(true);
      expect(await before.claim('a', 't', until)).toBe(false);
      await before.flush();
      const after = started(clock, kept);
      expect(await after.claim('a', 't', until)).toBe(false);
      expect(await after.claim('a', 'u', until)).toBe(true);
    }
  });

  test('once all tokens of before have expired a call waits for nothing but the memory', async () => {
    const clock = handClock();
    const guard = started(clock, NEVER);
    clock.advance(LONGEST_MS);
    expect(await guard.claim('a', 't', clock.nowMs() + 1_000)).toBe(true);
    expect(await guard.claim('a', 't', clock.nowMs() + 1_000)).toBe(false);
  });

  test('a claim that cannot be kept is told, and holds up nobody', async () => {
    const clock = handClock();
    const outages: unknown[] = [];
    const guard = started(clock, { claim: () => Promise.reject(new Error('down')) }, outages);
    clock.advance(LONGEST_MS);
    expect(await guard.claim('a', 't', clock.nowMs() + 1_000)).toBe(true);
    expect(outages).toEqual([]);
    await guard.flush();
    expect(outages).toEqual([new Error('down')]);
  });

  test('who waits for what is kept waits for what is being kept already', async () => {
    const clock = handClock();
    const begun: (() => void)[] = [];
    const guard = started(clock, {
      claim: () => new Promise((resolve) => begun.push(() => resolve(true))),
    });
    clock.advance(LONGEST_MS);
    await guard.claim('a', 't', clock.nowMs() + 1_000);
    void guard.flush();
    let done = false;
    const waited = guard.flush().then(() => (done = true));
    await new Promise((resolve) => setImmediate(resolve));
    expect([begun.length, done]).toEqual([1, false]);
    begun.forEach((end) => end());
    await waited;
  });

  test('claims are kept soon, without being asked for', async () => {
    const clock = handClock();
    const kept: string[] = [];
    const guard = started(clock, { claim: (_issuer, jti) => Promise.resolve(kept.push(jti) > 0) });
    clock.advance(LONGEST_MS);
    for (const jti of ['t', 'u', 't']) await guard.claim('a', jti, clock.nowMs() + 1_000);
    expect(kept).toEqual([]);
    await expect.poll(() => kept).toEqual(['t', 'u']);
  });
});
