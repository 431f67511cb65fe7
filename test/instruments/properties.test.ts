import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arbitraryBrokenResource, arbitraryResource } from '../records/arbitraries.js';
import { BASE, instruments, ITEM_WEIGHT, ORDINAL, SCORE, scoresOf } from './records.js';

const codes = instruments.flatMap(({ scores }) => scores.flatMap((score) => score.codes));
const forms = instruments.flatMap(({ questionnaire }) =>
  questionnaire === undefined ? [] : [questionnaire.canonical],
);
const small = fc.oneof(fc.integer({ min: -1, max: 12 }), fc.constantFrom(0, 1, 2, 3, 5, 10, 45, 4.5));
const answer = fc.oneof(
  { weight: 8, arbitrary: fc.record({ valueInteger: small }) },
  fc.record({ valueDecimal: small }),
  fc.record({
    valueCoding: fc.record({
      system: fc.constantFrom('urn:x', `${BASE}/CodeSystem/hads-printed-position`),
      code: fc.constantFrom('0', '1', '2', '3', 'x'),
      extension: fc.array(fc.record({ url: fc.constantFrom(ORDINAL, ITEM_WEIGHT), valueDecimal: small }), {
        maxLength: 2,
      }),
    }),
  }),
  fc.jsonValue(),
);
const linkId = fc.constantFrom(...Array.from({ length: 14 }, (_, at) => `${at + 1}`), 'complaint', 'complaint.score');
const { item } = fc.letrec<{ item: unknown }>((tie) => ({
  item: fc.oneof(
    {
      weight: 9,
      arbitrary: fc.record({ linkId, answer: fc.array(answer, { maxLength: 2 }) }, { requiredKeys: ['linkId'] }),
    },
    { weight: 2, arbitrary: fc.record({ linkId, item: fc.array(tie('item'), { maxLength: 4 }) }) },
    { weight: 1, arbitrary: fc.jsonValue() },
  ),
}));
const dates = fc.constantFrom(undefined, '2026', '2026-11', '2026-11-20', '2026-11-20T10:00:00Z', '2027', 'x');
const response = fc.record({
  resourceType: fc.constant('QuestionnaireResponse'),
  questionnaire: fc.constantFrom(...forms),
  status: fc.constantFrom('completed', 'amended', 'in-progress'),
  authored: dates,
  item: fc.oneof(
    fc.array(item, { maxLength: 16 }),
    // Complete forms, of which a good part is valid.
    fc
      .array(fc.integer({ min: 0, max: 3 }), { minLength: 14, maxLength: 14 })
      .map((answers) => answers.map((valueInteger, at) => ({ linkId: `${at + 1}`, answer: [{ valueInteger }] }))),
  ),
});
const observation = fc.record({
  resourceType: fc.constant('Observation'),
  status: fc.constantFrom('final', 'amended', 'preliminary'),
  code: fc.record({ coding: fc.array(fc.constantFrom(...codes), { maxLength: 2 }) }),
  effectiveDateTime: dates,
  valueInteger: small,
});
const record = fc
  .array(fc.oneof(response, observation), { maxLength: 12 })
  .map((resources) => resources.map((resource, at) => ({ ...resource, id: `r${at}` })));

describe('for every record', () => {
  it('the order of its entries does not matter', () => {
    fc.assert(
      fc.property(record, fc.array(fc.nat(), { minLength: 12, maxLength: 12 }), (resources, ranks) => {
        const shuffled = resources
          .map((resource, at) => ({ resource, rank: ranks[at] ?? 0 }))
          .sort((a, b) => a.rank - b.rank)
          .map(({ resource }) => resource);
        expect(scoresOf(shuffled)).toEqual(scoresOf(resources));
      }),
      { numRuns: 300 },
    );
  });

  it('a score lies in its range, is in the history, and comes from a final resource that is not of the future', () => {
    fc.assert(
      fc.property(record, (resources) => {
        const { scores, history } = scoresOf(resources);
        for (const score of history) {
          expect(score.value).toBeGreaterThanOrEqual(score.min);
          expect(score.value).toBeLessThanOrEqual(score.max);
          const resource = resources.find(({ id }) => score.reference.endsWith(`/${id}`));
          expect(['completed', 'amended', 'final']).toContain(resource?.status);
          expect(score.date ?? '').not.toMatch(/^2027/);
        }
        for (const score of scores) expect(history).toContainEqual(score);
        expect(new Set(scores.map(({ instrument }) => instrument)).size).toBe(scores.length);
      }),
      { numRuns: 300 },
    );
  });

  it('unrelated resources change nothing', () => {
    const unrelated = arbitraryResource.filter(
      ({ resourceType }) => !['Observation', 'QuestionnaireResponse'].includes(resourceType),
    );
    fc.assert(
      fc.property(record, fc.array(unrelated, { maxLength: 5 }), (resources, others) => {
        expect(scoresOf([...others, ...resources])).toEqual(scoresOf(resources));
      }),
      { numRuns: 100 },
    );
  });

  it('taking an answer away never makes a score of a form', () => {
    const scored = fc.constantFrom('pdi', 'hads', 'pain-catastrophizing-scale', 'sf-12');
    const answers = fc.array(fc.integer({ min: 1, max: 2 }), { minLength: 14, maxLength: 14 });
    const size = { pdi: 7, hads: 14, 'pain-catastrophizing-scale': 13, 'sf-12': 12 };
    fc.assert(
      fc.property(scored, answers, fc.nat({ max: 13 }), (questionnaire, given, drop) => {
        const full = given.slice(0, size[questionnaire as keyof typeof size]);
        const items = full.map((valueInteger, at) => ({ linkId: `${at + 1}`, answer: [{ valueInteger }] }));
        const of = (item: unknown) =>
          scoresOf([
            {
              resourceType: 'QuestionnaireResponse',
              status: 'completed',
              questionnaire: `${BASE}/Questionnaire/${questionnaire}`,
              item,
            },
          ]);
        const whole = of(items).scores;
        const cut = of(items.filter((_, at) => at !== drop % full.length)).scores;
        expect(cut.length).toBeLessThan(whole.length);
        for (const score of cut) expect(whole).toContainEqual(score);
      }),
      { numRuns: 200 },
    );
  });
});

describe('nothing throws', () => {
  it('on any JSON under the names of what is read', () => {
    const anything = fc.dictionary(
      fc.constantFrom(
        'id',
        'status',
        'questionnaire',
        'authored',
        'item',
        'code',
        'component',
        'valueQuantity',
        'valueInteger',
        'effectivePeriod',
        'effectiveDateTime',
        'meta',
        'method',
        'modifierExtension',
      ),
      fc.oneof(
        fc.jsonValue(),
        fc.constantFrom('completed', 'final', ...forms),
        fc.constant({ coding: codes.slice(0, 2) }),
      ),
    );
    const resource = fc
      .tuple(fc.constantFrom('QuestionnaireResponse', 'Observation'), anything)
      .map(([resourceType, rest]) => ({ ...rest, resourceType }));
    fc.assert(
      fc.property(fc.array(resource, { maxLength: 4 }), (resources) => {
        expect(() => scoresOf(resources)).not.toThrow();
      }),
      { numRuns: 1000 },
    );
  });

  it('on resources of any type, sound or broken', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(arbitraryResource, arbitraryBrokenResource), { maxLength: 5 }), (resources) => {
        expect(() => scoresOf(resources)).not.toThrow();
      }),
      { numRuns: 200 },
    );
  });

  it('on items nested a hundred thousand deep', () => {
    let nested: unknown = { linkId: '1', answer: [{ valueInteger: 4 }] };
    for (let depth = 0; depth < 100_000; depth += 1) nested = { linkId: 'g', item: [nested] };
    const deep = {
      resourceType: 'QuestionnaireResponse',
      status: 'completed',
      questionnaire: `${BASE}/Questionnaire/work-ability`,
      item: [nested],
    };
    expect(scoresOf([deep]).scores).toMatchObject([{ instrument: 'work-ability', value: 4 }]);
  });

  it('on a total with a value from another world', () => {
    const huge = {
      resourceType: 'Observation',
      status: 'final',
      code: { coding: [{ system: SCORE, code: 'pdi' }] },
      valueInteger: 1e300,
    };
    expect(scoresOf([huge]).scores).toEqual([]);
  });
});
