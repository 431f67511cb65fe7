import { describe, expect, it } from 'vitest';
import { loadKnowledge } from '../../src/knowledge.js';
import { encodeVignette, someEncodings, vignettes } from '../records/encode-vignette.js';
import { assessBundle } from './assess-bundle.js';

const knowledge = loadKnowledge('hooks').value!;

type Step = string | number;
type Entry = Record<'resource', Record<string, unknown>>;

/** What JSON can hold and cannot be made into text. */
const UNPRINTABLE = [{ toString: null, valueOf: null }, [{ toString: null }]];

/** Every place in a JSON value, the leaves and what holds them. */
function* placesIn(value: unknown, path: readonly Step[] = []): Generator<readonly Step[]> {
  if (path.length > 0) yield path;
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inside] of Object.entries(value)) {
    yield* placesIn(inside, [...path, Array.isArray(value) ? Number(key) : key]);
  }
}

function withAt(value: unknown, [step, ...rest]: readonly Step[], by: unknown): unknown {
  if (step === undefined) return by;
  const copy = structuredClone(value) as Record<Step, unknown>;
  copy[step] = withAt(copy[step], rest, by);
  return copy;
}

describe('what cannot be made into text, at any place of a record', () => {
  const seen = new Set<string>();
  const places = someEncodings.flatMap((encoding) =>
    vignettes.slice(0, 12).flatMap((vignette) => {
      const entries = encodeVignette(vignette, encoding).entry as unknown as readonly Entry[];
      return entries.flatMap(({ resource }, at) =>
        [...placesIn(resource)].flatMap((path) => {
          const place = [resource['resourceType'], ...path.filter((step) => typeof step === 'string')].join('.');
          if (path[0] === 'resourceType' || seen.has(place)) return [];
          seen.add(place);
          return [{ place, vignette, entries, at, path }];
        }),
      );
    }),
  );

  it('goes through the places that matter', () => {
    for (const place of [
      'Patient.id',
      'ServiceRequest.code.text',
      'QuestionnaireResponse.item.item.answer.valueCoding.code',
    ]) {
      expect(seen).toContain(place);
    }
  });

  it.each(places)('makes no assessment fail: $place', ({ vignette, entries, at, path }) => {
    for (const unprintable of UNPRINTABLE) {
      const resource = withAt(entries[at]!.resource, path, unprintable) as Entry['resource'];
      // A second one, so that two such values are compared with each other.
      const other: Entry['resource'] = { ...resource, id: 'other' };
      const beside = path[0] === 'id' || resource['resourceType'] === 'Patient' ? [] : [{ resource: other }];
      const entry = [...entries.with(at, { resource }), ...beside];
      const draft = entry.some(
        ({ resource: each }) => each['resourceType'] === 'ServiceRequest' && each['status'] === 'draft',
      );
      if (!draft) continue;
      expect(() =>
        assessBundle(knowledge, { resourceType: 'Bundle', type: 'collection', entry }, vignette.asOf),
      ).not.toThrow();
    }
  });
});
