import type { DecisionReceipt, ReceiptVerdict } from '../schemas/receipt.js';

/**
 * A receipt as it stands in the database: each reference once, since one resource serves many verdicts, and the
 * verdicts in one list, each as its id, status and reason and then the places of its references.
 */
type StoredReceipt = Omit<DecisionReceipt, 'verdicts'> & {
  readonly verdicts: readonly (string | number)[];
  readonly references: readonly string[];
};

export function receiptText(receipt: DecisionReceipt): string {
  const places = new Map<string, number>();
  const verdicts: (string | number)[] = [];
  for (const verdict of receipt.verdicts) {
    verdicts.push(verdict.id, verdict.status, verdict.reason);
    for (const reference of verdict.references) {
      let place = places.get(reference);
      if (place === undefined) places.set(reference, (place = places.size));
      verdicts.push(place);
    }
  }
  const stored: StoredReceipt = { ...receipt, verdicts, references: [...places.keys()] };
  return JSON.stringify(stored);
}

/** Reads what {@link receiptText} wrote, and receipts of before it, which stand in full. */
export function readReceipt(text: string): DecisionReceipt {
  const stored = JSON.parse(text) as DecisionReceipt | StoredReceipt;
  if (!('references' in stored)) return stored;
  const { references, ...receipt } = stored;
  return { ...receipt, verdicts: verdictsIn(receipt.verdicts, references) };
}

function verdictsIn(list: readonly (string | number)[], named: readonly string[]): readonly ReceiptVerdict[] {
  const verdicts: ReceiptVerdict[] = [];
  for (let at = 0; at < list.length;) {
    const [id, status, reason] = list.slice(at, at + 3) as [string, ReceiptVerdict['status'], string];
    const references: string[] = [];
    for (at += 3; typeof list[at] === 'number'; at += 1) references.push(named[list[at] as number]!);
    verdicts.push({ id, status, reason, references });
  }
  return verdicts;
}
