import { describe, expect, it } from 'vitest';
import { actionsOf, answered, deedsOf } from './answered-call.js';

/** The draft with a quantity written in this way. */
const withQuantity = (written: string, elsewhere = '0') =>
  answered(
    'four-sessions',
    ({ context, prefetch }) => {
      context.draftOrders.entry[0]!.resource['quantityQuantity'] = { value: 'DRAFT', unit: '10:05' };
      prefetch['patient'] = { ...prefetch['patient']!, multipleBirthInteger: 'ELSEWHERE' } as never;
    },
    'imsr-indication',
    (json) => json.replace('"DRAFT"', written).replace('"ELSEWHERE"', elsewhere),
  );

describe('a draft that holds numbers', () => {
  it.each(['5', '1.1', '-0.5', '1e+30', '[5 , 6]'])('comes back with %s as it was written', async (written) => {
    const answer = await withQuantity(written);
    const [update] = actionsOf(answer);
    expect(update!.resource!['quantityQuantity']).toMatchObject({ value: JSON.parse(written) as unknown });
    expect(JSON.stringify(update!.resource)).toContain(written.replaceAll(' ', ''));
  });

  it.each(['1.10', '12345678901234567890', '1e400', '-0', '1E2', '[1, 0.1000]'])(
    'is not given back where %s would come back as another text',
    async (written) => {
      const answer = await withQuantity(written);
      expect(answer.cards).toHaveLength(1);
      expect(deedsOf(answer)).toEqual(['delete', 'create ServiceRequest']);
      expect(JSON.stringify(answer)).not.toContain('null');
    },
  );

  it('is given back whatever other numbers the call holds', async () => {
    expect(deedsOf(await withQuantity('5', '1.10'))).toContain('update');
  });
});

it('the order that refers back holds no number that cannot be written', async () => {
  const answer = await answered(
    'four-sessions',
    ({ context }) => {
      const extension = [{ url: 'https://ehr.example/weight', valueDecimal: 'DRAFT' }];
      context.draftOrders.entry[0]!.resource['reasonCode'] = [{ text: 'x', extension }];
    },
    'imsr-indication',
    (json) => json.replace('"DRAFT"', '-1e400'),
  );
  const created = actionsOf(answer).find(({ type }) => type === 'create')!.resource!;
  expect(created['reasonCode']).toEqual([{ text: 'x', extension: [{ url: 'https://ehr.example/weight' }] }]);
});
