import { describe, expect, it } from 'vitest';
import { compileFact } from '../../src/facts/compile-facts.js';
import { Kept, Slots } from '../../src/fhirpath/code/kept.js';
import { compileExpression } from '../../src/fhirpath/compile.js';
import { compileReference } from '../../src/fhirpath/reference.js';
import type { FactDefinition } from '../../src/schemas/protocol.js';
import type { Resource } from '../../src/schemas/resource.js';
import { memberOf, recordOf } from '../fhirpath/record.js';

const TABLE: FactDefinition = {
  rows: [
    {
      source: 'record',
      of: 'Procedure',
      type: 'Procedure',
      path: 'performed',
      columns: {
        status: 'status',
        on: { expression: 'performed.ofType(dateTime)', as: 'day' },
        kind: "iif(code.coding.where(memberOf('physical')).exists(), 'physical', {})",
        alike: '%others.where(status = %word).count()',
      },
    },
  ],
  keep: "status = 'completed'",
};

const procedures: readonly Resource[] = ['2025-01-10', '2025-01-11', '2025-01-12'].map((performedDateTime, at) => ({
  resourceType: 'Procedure',
  id: `f${at}`,
  status: 'completed',
  performedDateTime,
  code: { coding: [{ code: at === 2 ? 'm1' : 'p1' }] },
}));

function rowsOf(engine: typeof compileExpression, resources: readonly Resource[]): readonly unknown[] {
  const slots = new Slots();
  const variableShapes = (name: string) => (name === 'others' ? { resource: 'Procedure' } : 'value');
  const fact = compileFact('sessions', TABLE, (source, focusType, focusShape) =>
    engine(source, { memberOf, slots, variableShapes, focusShape, ...(focusType === undefined ? {} : { focusType }) }),
  );
  const variables = { others: procedures, word: 'completed' };
  return fact.compute({ record: recordOf(resources), variables, kept: new Kept(slots) });
}

describe('a table with an odd row', () => {
  it.each<[string, object]>([
    ['none', {}],
    ['an extension beside its status', { _status: { extension: [{ url: 'u' }] } }],
    ['no status but an extension', { status: undefined, _status: { extension: [{ url: 'u' }] } }],
    ['a list for its day', { performedDateTime: ['2025-01-11'] }],
    ['two days', { performedString: 'toen' }],
    ['a code that is a text', { code: 'p1' }],
  ])('%s: each row is what it is on the reference engine', (_, odd) => {
    const [first, second, last] = procedures;
    const resources = [first!, { ...second!, ...odd }, last!];
    const rows = rowsOf(compileExpression, resources);
    expect(rows).toEqual(rowsOf(compileReference, resources));
    const whole = rowsOf(compileExpression, procedures);
    expect([rows[0], rows.at(-1)]).toEqual([whole[0], whole[2]]);
  });
});
