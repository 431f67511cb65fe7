import { describe, expect, it } from 'vitest';
import { collectionRecord } from '../../src/record/collection-record.js';

const form = (item: unknown) => ({ resourceType: 'QuestionnaireResponse', id: 'f', status: 'completed', item });

function read(resource: object): unknown {
  const record = collectionRecord({ resourceType: 'Bundle', type: 'collection', entry: [{ resource }] });
  return record.resources[0];
}

describe('items under an answer', () => {
  it('stand under the question, behind those that stood there', () => {
    const onset = { valueDate: '2026-10-15' };
    const recurrent = { linkId: 'pain-recurrent', answer: [{ valueBoolean: true }] };
    const inner = { linkId: 'deep', answer: [{ valueString: 'x', item: [recurrent] }] };
    const asked = form([
      {
        linkId: 'a',
        item: [{ linkId: 'pain-onset', item: [{ linkId: 'own' }], answer: [{ ...onset, item: [inner] }] }],
      },
    ]);
    const deep = { linkId: 'deep', answer: [{ valueString: 'x' }], item: [recurrent] };
    expect(read(asked)).toEqual(
      form([{ linkId: 'a', item: [{ linkId: 'pain-onset', answer: [onset], item: [{ linkId: 'own' }, deep] }] }]),
    );
    expect(JSON.stringify(asked)).toContain('"valueDate":"2026-10-15","item"');
  });

  it('of several answers stand there one after another', () => {
    const answer = ['x', 'y'].map((linkId) => ({ valueString: linkId, item: [{ linkId }] }));
    expect(read(form([{ linkId: 'a', answer }]))).toEqual(
      form([
        {
          linkId: 'a',
          answer: [{ valueString: 'x' }, { valueString: 'y' }],
          item: [{ linkId: 'x' }, { linkId: 'y' }],
        },
      ]),
    );
  });

  it('are found as well where what should be a list is one element', () => {
    const onset = { linkId: 'pain-onset', answer: [{ valueDate: '2026-10-15' }] };
    const asked = { linkId: 'a', answer: { valueBoolean: true, item: onset } };
    const told = { linkId: 'a', answer: [{ valueBoolean: true }], item: [onset] };
    expect(read(form(asked))).toEqual(form([told]));
    expect(read(form([{ linkId: 'group', item: asked }]))).toEqual(form([{ linkId: 'group', item: [told] }]));
  });

  it('there are none in most forms, which stay the very same', () => {
    const plain = form([{ linkId: 'a', item: [{ linkId: 'b', answer: [{ valueString: 'x' }] }] }]);
    expect(read(plain)).toBe(plain);
  });
});
