import { parseArgs } from 'node:util';
import type { DecisionReceipt } from '../schemas/receipt.js';
import type { Store } from '../store/store.js';
import { printable, textTable } from './text-table.js';
import { askedOf, WRONG_USE } from './wrong-use.js';
import type { Write } from './write.js';

export const RECEIPT_USAGE = `imsr-cds receipt CARD-UUID [--json]

Why a card said what it said: the versions and hashes it was made from, the verdict on every criterion, and which
resources were looked at. It holds no clinical values.
`;

/**
 * `imsr-cds receipt CARD-UUID`: why a card said what it said.
 *
 * @param args what stands after `receipt`
 * @returns exit code: 0 when written, 1 when the card has no receipt here, 2 on wrong use
 */
export async function receiptCommand(
  store: Pick<Store, 'findReceipt'>,
  args: readonly string[],
  write: Write,
): Promise<number> {
  const asked = askedOf(() => readArguments(args), RECEIPT_USAGE, write);
  if (asked === undefined) return WRONG_USE;
  const receipt = await store.findReceipt(asked.cardUuid);
  if (receipt === undefined) {
    write('No receipt of that card: it was never given here, or its term of keeping is over.\n', 'stderr');
    return 1;
  }
  write(asked.json ? `${JSON.stringify(receipt)}\n` : receiptText(receipt));
  return 0;
}

/** What is asked for, or what is wrong with how it is asked. */
function readArguments(args: readonly string[]): { readonly cardUuid: string; readonly json: boolean } | string {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { json: { type: 'boolean' } },
    allowPositionals: true,
  });
  const [cardUuid, ...others] = positionals;
  if (cardUuid === undefined || others.length > 0) return 'Name one card.';
  return { cardUuid, json: values.json === true };
}

function receiptText(receipt: DecisionReceipt): string {
  const { protocol } = receipt;
  const facts: readonly (readonly [string, string])[] = [
    ['card', receipt.cardUuid],
    ['kind', receipt.cardKind],
    ['client', receipt.clientId],
    ['service', receipt.service],
    ['hook instance', receipt.hookInstance],
    ['issued at', receipt.issuedAt],
    ['assessed as of', receipt.asOf],
    ['language', receipt.language],
    ['regime', receipt.regime],
    ['outcome', receipt.outcome],
    ['engine', receipt.engineVersion],
    ['protocol', `${protocol.id} ${protocol.version ?? '(no version in force)'} ${protocol.hash}`],
    ['card texts', receipt.cardsHash],
    ['suggestions', receipt.suggestions.join(', ') || '(none)'],
  ];
  const width = Math.max(...facts.map(([name]) => name.length));
  const head = facts.map(([name, value]) => `${name.padEnd(width)}  ${printable(value)}\n`).join('');
  const verdicts = receipt.verdicts.map(({ id, status, reason, references }) => [
    id,
    status,
    reason,
    references.join(', '),
  ]);
  return `${head}\n${textTable(['criterion', 'status', 'reason', 'resources looked at'], verdicts)}`;
}
