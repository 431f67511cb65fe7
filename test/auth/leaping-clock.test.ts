import { afterEach, describe, expect, test, vi } from 'vitest';
import { createExpiryClock } from '../../src/auth/expiry-clock.js';
import { composeReplayGuard } from '../../src/bin/compose-replay-guard.js';
import { loadConfig } from '../../src/config/load-config.js';
import { silentLog } from '../../src/schemas/log.js';

const HOUR_MS = 3_600_000;

describe('a clock that leaps ahead', () => {
  afterEach(() => void vi.restoreAllMocks());

  test.each([
    ['the memory', { MODE: 'development', WORKERS: '2' }],
    ['the memory before what is kept', { MODE: 'development' }],
  ])('[row 141] and is set right again made %s forget no token', async (_, env) => {
    let leapMs = 0;
    const realNow = Date.now;
    vi.spyOn(Date, 'now').mockImplementation(() => realNow() + leapMs);
    // A store that lost it, or never had it: the memory decides.
    const guard = composeReplayGuard(
      loadConfig(env, () => ''),
      { claim: () => Promise.resolve(true) },
      silentLog,
    );
    const claim = (jti: string) => guard.claim('https://ehr.example', jti, realNow() + 300_000);
    expect(await claim('used')).toBe(true);
    leapMs = 24 * HOUR_MS;
    expect(await claim('used')).toBe(false);
    // Each of the tables takes a slot again of which the token has expired.
    for (let other = 0; other < 2_000; other += 1) await claim(`other ${other}`);
    leapMs = 0;
    expect(await claim('used')).toBe(false);
  });
});

describe('the time by which tokens are forgotten', () => {
  /** What it shows after each step: so much elapses, and the clock is set ahead by so much, in hours. */
  function shown(steps: readonly (readonly [elapses: number, leap: number])[]): number[] {
    let [elapsed, wall] = [0, 0];
    const clock = createExpiryClock({ nowMs: () => wall * HOUR_MS }, () => elapsed * HOUR_MS, HOUR_MS);
    clock.nowMs();
    return steps.map(([elapses, leap]) => {
      elapsed += elapses;
      wall += elapses + leap;
      return clock.nowMs() / HOUR_MS;
    });
  }

  test.each<[string, [number, number][], number[]]>([
    [
      'is that of the clock',
      [
        [0.5, 0],
        [2, 0],
        [0.25, 0],
      ],
      [0.5, 2.5, 2.75],
    ],
    [
      'goes back with it at once',
      [
        [0.5, -10],
        [0.5, 0],
      ],
      [-9.5, -9],
    ],
    [
      'follows no leap that is taken back',
      [
        [0.25, 24],
        [0.5, 0],
        [0, -24],
        [1, 0],
      ],
      [0.25, 0.75, 0.75, 1.75],
    ],
    [
      'follows a leap once the clock has stood by it for so long',
      [
        [0.5, 24],
        [0.75, 0],
        [0.5, 0],
        [0.5, 0],
      ],
      [0.5, 1.25, 1.75, 26.25],
    ],
  ])('%s', (_, steps, expected) => {
    expect(shown(steps)).toEqual(expected);
  });
});
