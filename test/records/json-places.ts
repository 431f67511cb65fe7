/** A key of an object, or an index of a list. */
export type Step = string | number;

/** Every place in a JSON value: the value itself, the leaves, and what holds them. */
export function* placesIn(value: unknown, path: readonly Step[] = []): Generator<readonly Step[]> {
  yield path;
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inside] of Object.entries(value)) {
    yield* placesIn(inside, [...path, Array.isArray(value) ? Number(key) : key]);
  }
}

/** A copy of a JSON value with something else at one of its places. */
export function withAt(value: unknown, [step, ...rest]: readonly Step[], by: unknown): unknown {
  if (step === undefined) return by;
  const copy = structuredClone(value) as Record<Step, unknown>;
  copy[step] = withAt(copy[step], rest, by);
  return copy;
}
