import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { DecisionReceipt } from '../../src/schemas/receipt.js';
import { readReceipt, receiptText } from '../../src/store/receipt-body.js';
import { receipt } from './samples.js';

const verdict = fc.record<DecisionReceipt['verdicts'][number]>({
  id: fc.string(),
  status: fc.constantFrom('met', 'not-met', 'unknown', 'review', 'not-applicable'),
  reason: fc.string(),
  references: fc.uniqueArray(fc.oneof(fc.constantFrom('Procedure/1', 'Procedure/2', '0'), fc.string())),
});

describe('the body of a receipt in the database', () => {
  test('gives the receipt back, its members in their order', () => {
    fc.assert(
      fc.property(fc.array(verdict), (verdicts) => {
        const given = receipt('card-1', { verdicts });
        expect(JSON.stringify(readReceipt(receiptText(given)))).toBe(JSON.stringify(given));
      }),
    );
  });

  test('is read as well when it was written in full', () => {
    expect(readReceipt(JSON.stringify(receipt('card-1')))).toEqual(receipt('card-1'));
  });

  test('names a resource once, however many verdicts it serves', () => {
    const verdicts = ['a', 'b', 'c'].map((id) => ({ ...receipt('x').verdicts[0]!, id, references: ['Procedure/1'] }));
    expect(receiptText(receipt('card-1', { verdicts })).match(/Procedure\/1/g)).toHaveLength(1);
  });
});
