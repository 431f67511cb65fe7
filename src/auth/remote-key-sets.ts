import type { Clock } from '../clock.js';
import { type PublicJwk, readJwkSet, type SigningAlgorithm } from '../schemas/jwk.js';
import { createFetchBudget, type FetchBudget } from './fetch-budget.js';
import type { FetchJwks } from './fetch-jwks.js';

/** The JWK Sets that clients publish, fetched when needed and kept for a while. */
export interface RemoteKeySets {
  /**
   * The key with this `kid` for this algorithm. An unknown `kid` makes the set be fetched once more, since clients rotate
   * keys; the set is fetched at most a few times in a row, and once for callers that wait together.
   *
   * @param url allow-listed by the client that the token claims to be from
   * @returns nothing when the set does not have it, or cannot be had
   */
  find(url: string, kid: string, alg: SigningAlgorithm): Promise<PublicJwk | undefined>;
}

export interface RemoteKeySetsOptions {
  readonly fetchJwks: FetchJwks;
  readonly clock: Clock;
  readonly maxAgeMs: number;
}

/** While a client's server does not answer, its last set is believed for this many times its normal age. */
const STALE_FACTOR = 6;

interface Source {
  readonly budget: FetchBudget;
  keys: readonly PublicJwk[];
  fetchedAtMs: number;
  pending: Promise<boolean> | undefined;
}

export function createRemoteKeySets({ fetchJwks, clock, maxAgeMs }: RemoteKeySetsOptions): RemoteKeySets {
  const sources = new Map<string, Source>();

  const fetchInto = async (source: Source, url: string): Promise<boolean> => {
    try {
      const set = readJwkSet(await fetchJwks(url));
      if (set === undefined) return false;
      source.keys = set.keys;
      source.fetchedAtMs = clock.nowMs();
      return true;
    } catch {
      return false;
    } finally {
      source.pending = undefined;
    }
  };

  const refresh = (source: Source, url: string): Promise<boolean> => {
    source.pending ??= source.budget.take() ? fetchInto(source, url) : undefined;
    return source.pending ?? Promise.resolve(false);
  };

  return {
    async find(url, kid, alg) {
      const source = sources.get(url) ?? {
        budget: createFetchBudget(clock),
        keys: [],
        fetchedAtMs: Number.NEGATIVE_INFINITY,
        pending: undefined,
      };
      sources.set(url, source);
      // The clock was set back: how old the set is nobody knows, so it is as old as one may be that is not fetched again.
      if (clock.nowMs() < source.fetchedAtMs) source.fetchedAtMs = clock.nowMs() - maxAgeMs;
      const ageMs = (): number => clock.nowMs() - source.fetchedAtMs;
      const pick = (): PublicJwk | undefined =>
        ageMs() < maxAgeMs * STALE_FACTOR
          ? source.keys.find((key) => key.kid === kid && key.algorithms.includes(alg))
          : undefined;

      if (ageMs() >= maxAgeMs) {
        await refresh(source, url);
        return pick();
      }
      const known = pick();
      if (known !== undefined) return known;
      await refresh(source, url);
      return pick();
    },
  };
}
