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
});
