import type { Clock } from '../clock.js';

/**
 * The time by which used tokens are forgotten. It is that of the clock, but follows a leap ahead only once the clock has stood by
 * it for `longestMs`: a clock that leaps and is set right again would else have forgotten tokens that are still accepted. It goes
 * back with the clock at once.
 *
 * @param elapsedMs milliseconds from any moment, by what nobody sets
 * @param longestMs from the first use of a token to the last moment at which it would be accepted again, at most
 */
export function createExpiryClock(
  clock: Pick<Clock, 'nowMs'>,
  elapsedMs: () => number,
  longestMs: number,
): Pick<Clock, 'nowMs'> {
  // How far the clock stood before what elapsed: the least in this span and in the one before it.
  let least = Number.POSITIVE_INFINITY;
  let leastBefore = Number.POSITIVE_INFINITY;
  let spanFromMs = elapsedMs();
  return {
    nowMs() {
      const elapsed = elapsedMs();
      if (elapsed - spanFromMs >= longestMs) {
        leastBefore = least;
        least = Number.POSITIVE_INFINITY;
        spanFromMs = elapsed;
      }
      least = Math.min(least, clock.nowMs() - elapsed);
      return elapsed + Math.min(least, leastBefore);
    },
  };
}
