import type { CompiledQuery, Kysely, Transaction } from 'kysely';
import type { DecisionReceipt } from '../schemas/receipt.js';
import { readReceipt, receiptText } from './receipt-body.js';
import type { ReceiptTable, Tables } from './tables.js';

/** Rows per statement: one to two milliseconds of work; other calls get their turn in between. */
const ROWS_PER_STATEMENT = 40;

/** Texts longer than this, or with a NUL (which PostgreSQL refuses), are no card's uuid; asking for them finds nothing. */
const MAX_UUID_LENGTH = 200;

function rowOf(receipt: DecisionReceipt): ReceiptTable {
  const open = receipt.verdicts
    .filter(({ status }) => status === 'not-met' || status === 'unknown' || status === 'review')
    .map(({ id, status }) => [id, status]);
  return {
    card_uuid: receipt.cardUuid,
    client_id: receipt.clientId,
    service: receipt.service,
    card_kind: receipt.cardKind,
    issued_at_ms: Date.parse(receipt.issuedAt),
    open_criteria: JSON.stringify(open),
    body: receiptText(receipt),
  };
}

/** Writes receipts. A statement is built once for each number of rows: building one costs more than running it. */
export class ReceiptInsert {
  readonly #statements = new Map<number, CompiledQuery>();

  /** Inside a transaction; a card that has a receipt keeps it, so a batch may be written again. */
  async run(trx: Transaction<Tables>, receipts: readonly DecisionReceipt[]): Promise<void> {
    for (let start = 0; start < receipts.length; start += ROWS_PER_STATEMENT) {
      const rows = receipts.slice(start, start + ROWS_PER_STATEMENT).map(rowOf);
      let statement = this.#statements.get(rows.length);
      if (statement === undefined) this.#statements.set(rows.length, (statement = statementFor(trx, rows)));
      // The columns stand in the order of a row's properties.
      await trx.executeQuery({ ...statement, parameters: rows.flatMap((row): unknown[] => Object.values(row)) });
    }
  }
}

function statementFor(trx: Transaction<Tables>, rows: readonly ReceiptTable[]): CompiledQuery {
  return trx
    .insertInto('receipt')
    .values(rows)
    .onConflict((conflict) => conflict.column('card_uuid').doNothing())
    .compile();
}

/** A card's uuid as the service writes it: in lower case. Whoever names the card may write it in another. @source RFC 9562, section 4 */
export function asUuid(text: string): string {
  return text.toLowerCase();
}

function canBeStored(cardUuid: string): boolean {
  return cardUuid.length <= MAX_UUID_LENGTH && !cardUuid.includes('\u0000');
}

export async function selectReceipt(db: Kysely<Tables>, cardUuid: string): Promise<DecisionReceipt | undefined> {
  if (!canBeStored(cardUuid)) return undefined;
  const row = await db.selectFrom('receipt').select('body').where('card_uuid', '=', cardUuid).executeTakeFirst();
  return row === undefined ? undefined : readReceipt(row.body);
}

/** Which client got each of these cards; a card without a receipt is absent. */
export async function selectOwners(
  db: Kysely<Tables>,
  cardUuids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const owners = new Map<string, string>();
  const asked = [...new Set(cardUuids)].filter(canBeStored);
  for (let start = 0; start < asked.length; start += ROWS_PER_STATEMENT) {
    const rows = await db
      .selectFrom('receipt')
      .select(['card_uuid', 'client_id'])
      .where('card_uuid', 'in', asked.slice(start, start + ROWS_PER_STATEMENT))
      .execute();
    for (const row of rows) owners.set(row.card_uuid, row.client_id);
  }
  return owners;
}
