import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { releaseDependences } from '../../src/fhirpath/code/dependence.js';
import { Kept, Slots } from '../../src/fhirpath/code/kept.js';
import { compileExpression } from '../../src/fhirpath/compile.js';
import { releaseTrees } from '../../src/fhirpath/parse.js';
import { memberOf, recordOf } from './record.js';

const release = (): void => {
  releaseTrees();
  releaseDependences();
};

beforeEach(release);
afterEach(release);

describe('once the names of sub-expressions were let go', () => {
  it('no answer is taken for that of an expression that had the same place among the names', () => {
    const slots = new Slots();
    const record = recordOf([
      { resourceType: 'Condition', id: 'back', code: { text: 'pain' } },
      { resourceType: 'Condition', id: 'neck', code: { text: 'stiff' } },
    ]);
    const scope = { record, variables: {}, kept: new Kept(slots) };
    const idsOf = (text: string): unknown =>
      compileExpression(`Condition.where(code.text = '${text}').id`, { memberOf, slots }).evaluate(scope);
    expect(idsOf('pain')).toEqual(['back']);
    release();
    expect(idsOf('stiff')).toEqual(['neck']);
    release();
    expect(idsOf('pain')).toEqual(['back']);
  });
});
