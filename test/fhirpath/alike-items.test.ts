import fc from 'fast-check';
import { describe, it } from 'vitest';
import { assertEnginesAgree } from './all-rules.js';
import { memberOf, recordOf } from './record.js';

/** Answers that are often the same, in other words or by a digit that does not count. */
const answer = fc.constantFrom<object>(
  { valueInteger: 1 },
  { valueInteger: 2 },
  { valueDecimal: 1 },
  { valueDecimal: 1.000000001 },
  { valueString: '1' },
  { valueCoding: { system: 's', code: 'c' } },
  { valueCoding: { code: 'c', system: 's' } },
);
const item = fc.record({ linkId: fc.constantFrom('x', 'y'), answer: fc.array(answer, { maxLength: 2 }) });

describe('many items of one linkId', () => {
  it('are told apart as the reference engine tells them apart', () => {
    fc.assert(
      fc.property(fc.array(item, { minLength: 20, maxLength: 60 }), (items) => {
        const form = { resourceType: 'QuestionnaireResponse', id: 'f', item: items };
        const scope = { record: recordOf([form]), variables: {} };
        assertEnginesAgree('QuestionnaireResponse.repeat(item).count()', { memberOf }, [scope]);
        assertEnginesAgree("QuestionnaireResponse.repeat(item).where(linkId = 'x').answer.value", { memberOf }, [
          scope,
        ]);
      }),
      { numRuns: 100 },
    );
  });

  // Seven, of which three are left; with the two below them five, with the two below those seven again.
  it('are dropped level by level, by how many there are at each', () => {
    const told = { linkId: 'x', answer: [{ valueInteger: 1 }] };
    const below = { linkId: 'c', item: [told, { linkId: 'y' }] };
    const alike = Array.from({ length: 5 }, () => ({ linkId: 'g' }));
    const items = [...alike, { linkId: 'a', item: [told, below] }, { linkId: 'b' }];
    const form = { resourceType: 'QuestionnaireResponse', id: 'f', item: items };
    const scope = { record: recordOf([form]), variables: {} };
    assertEnginesAgree("QuestionnaireResponse.repeat(item).where(linkId = 'x').answer.count()", { memberOf }, [scope]);
  });

  it('are told apart at every depth', () => {
    const nested = fc.letrec<{ item: object }>((tie) => ({
      item: fc.record(
        {
          linkId: fc.constantFrom('x', 'y', 'z'),
          answer: fc.array(answer, { maxLength: 1 }),
          item: fc.array(tie('item'), { maxLength: 4, depthIdentifier: 'item' }),
        },
        { requiredKeys: ['linkId'] },
      ),
    })).item;
    fc.assert(
      fc.property(fc.array(nested, { maxLength: 9 }), (items) => {
        const form = { resourceType: 'QuestionnaireResponse', id: 'f', item: items };
        const scope = { record: recordOf([form]), variables: {} };
        assertEnginesAgree("QuestionnaireResponse.repeat(item).where(linkId = 'x').count()", { memberOf }, [scope]);
      }),
      { numRuns: 300 },
    );
  });

  it('are found in another collection as the reference engine finds them', () => {
    const items = fc.array(item, { maxLength: 60 });
    const of = fc.constantFrom('item', 'item.answer', 'item.linkId', 'item.answer.value.ofType(string)');
    fc.assert(
      fc.property(of, items, items, (path, some, others) => {
        const a = { resourceType: 'QuestionnaireResponse', id: 'a', item: some };
        const b = { resourceType: 'QuestionnaireResponse', id: 'b', item: others };
        const scope = { record: recordOf([a, b]), variables: { a, b } };
        for (const source of [
          `%a.${path}.intersect(%b.${path}).count()`,
          `%a.${path}.exclude(%b.${path}).count()`,
          `(%a.${path} | %b.${path}).count()`,
        ])
          assertEnginesAgree(source, { memberOf }, [scope]);
      }),
      { numRuns: 200 },
    );
  });
});

describe('many concepts', () => {
  const coding = fc.constantFrom<object>(
    { system: 's', code: 'c' },
    { code: 'c', system: 's' },
    { code: 'c' },
    { code: 'd' },
    { display: 'x' },
  );
  const concept = fc.record(
    { coding: fc.array(coding, { maxLength: 2 }), text: fc.constantFrom('x', 'y') },
    { requiredKeys: [] },
  );

  it('are the same where all of their codings are, as on the reference engine', () => {
    fc.assert(
      fc.property(fc.array(concept, { maxLength: 12 }), fc.array(concept, { maxLength: 12 }), (of, as) => {
        const procedure = { resourceType: 'Procedure', id: 'p', reasonCode: of };
        const contact = { resourceType: 'Encounter', id: 'e', reasonCode: as };
        const scope = { record: recordOf([procedure, contact]), variables: {} };
        assertEnginesAgree('Procedure.reasonCode | Encounter.reasonCode', { memberOf }, [scope]);
        assertEnginesAgree('Procedure.reasonCode.intersect(Encounter.reasonCode)', { memberOf }, [scope]);
      }),
      { numRuns: 200 },
    );
  });
});
