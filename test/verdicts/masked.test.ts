import fc from 'fast-check';
import { expect, it } from 'vitest';
import { loadKnowledge } from '../../src/knowledge.js';
import type { Verdict } from '../../src/schemas/verdict.js';
import { encodeVignette, someEncodings, vignettes } from '../records/encode-vignette.js';
import { placesIn, type Step, withAt } from '../records/json-places.js';
import { assessBundle } from './assess-bundle.js';

/** The same records on every run: what is found here is mended, not met by chance. */
const SEED = 20260417;
const RUNS = 400;

const knowledge = loadKnowledge('hooks').value!;
const MASKED = {
  extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode: 'masked' }],
};

type Json = Readonly<Record<string, unknown>>;

/** What says which thing this is, and of whom: without it there is no such thing to be judged. */
const NAMES = new Set(['resourceType', 'id', 'fullUrl', 'subject', 'patient', 'questionnaire', 'meta', 'linkId']);

/** The places of simple values in what was recorded of a patient, the order that is judged and who the patient is apart. */
function valuesIn(entries: readonly { readonly resource?: unknown }[]): readonly (readonly Step[])[] {
  return entries.flatMap(({ resource }, at) => {
    const { resourceType, status } = resource as Json;
    if (resourceType === 'Patient' || (resourceType === 'ServiceRequest' && status === 'draft')) return [];
    return [...placesIn(resource)]
      .filter((path) => path.length > 0 && !path.some((step) => NAMES.has(String(step))))
      .filter((path) => typeof path.at(-1) === 'string' && typeof valueAt(resource, path) !== 'object')
      .map((path) => [at, 'resource', ...path]);
  });
}

function valueAt(value: unknown, path: readonly Step[]): unknown {
  return path.reduce<unknown>((held, step) => (held as Record<Step, unknown>)[step], value);
}

/** With a reason why it is absent in the place of a simple value, as a chart tells what it withholds. */
function masked(entries: unknown, path: readonly Step[]): unknown {
  const name = String(path.at(-1));
  const holder = path.slice(0, -1);
  const { [name]: _told, ...others } = valueAt(entries, holder) as Json;
  return withAt(entries, holder, { ...others, [`_${name}`]: MASKED });
}

const isOpen = (status: string) => status === 'unknown' || status === 'review';

const matter = fc.record({
  vignette: fc.constantFrom(...vignettes),
  encoding: fc.constantFrom(...someEncodings),
  pick: fc.nat(),
});

it('a value that is withheld settles nothing and turns nothing into its opposite', () => {
  fc.assert(
    fc.property(matter, ({ vignette, encoding, pick }) => {
      const bundle = encodeVignette(vignette, encoding);
      const entries = JSON.parse(JSON.stringify(bundle.entry)) as readonly { readonly resource?: unknown }[];
      const places = valuesIn(entries);
      const place = places[pick % places.length]!;
      const said = (entry: unknown) => assessBundle(knowledge, { ...bundle, entry }, vignette.asOf).assessment;
      const [before, after] = [said(entries), said(masked(entries, place))];
      const status = new Map(before.criteria.map(({ id, status }) => [id, status]));
      // What is not supplied is to be added: no refusal.
      const refuses = ({ status, effect }: Verdict) => status !== 'not-met' || effect !== 'completeness';
      const turned = (verdict: Verdict) =>
        !isOpen(verdict.status) && verdict.status !== status.get(verdict.id) && refuses(verdict);
      const found = after.criteria.filter(turned).map(({ id, status }) => `${id}: ${status}`);
      if (after.outcome !== before.outcome && !isOpen(after.outcome)) found.push(`outcome: ${after.outcome}`);
      if (after.regime !== before.regime && after.regime !== 'uncertain') found.push(`regime: ${after.regime}`);
      expect({ place: place.slice(1).join('.'), found }).toEqual({ place: place.slice(1).join('.'), found: [] });
    }),
    { numRuns: RUNS, seed: SEED },
  );
});
