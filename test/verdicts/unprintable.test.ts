import { describe, expect, it } from 'vitest';
import { loadKnowledge } from '../../src/knowledge.js';
import { encodeVignette, someEncodings, vignettes } from '../records/encode-vignette.js';
import { placesIn, withAt } from '../records/json-places.js';
import { assessBundle } from './assess-bundle.js';

const knowledge = loadKnowledge('hooks').value!;

type Entry = Record<'resource', Record<string, unknown>>;

/** What JSON can hold and cannot be made into text. */
const UNPRINTABLE = [{ toString: null, valueOf: null }, [{ toString: null }]];

describe('what cannot be made into text, at any place of a record', () => {
  const seen = new Set<string>();
  const places = someEncodings.flatMap((encoding) =>
    vignettes.slice(0, 12).flatMap((vignette) => {
      const entries = encodeVignette(vignette, encoding).entry as unknown as readonly Entry[];
      return entries.flatMap(({ resource }, at) =>
        [...placesIn(resource)].flatMap((path) => {
          const place = [resource['resourceType'], ...path.filter((step) => typeof step === 'string')].join('.');
          if (path.length === 0 || path[0] === 'resourceType' || seen.has(place)) return [];
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
