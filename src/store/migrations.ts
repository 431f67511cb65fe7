import type { Kysely, Migration, MigrationProvider } from 'kysely';
import { Migrator } from 'kysely';
import type { Tables } from './tables.js';

/**
 * The schema, step by step. A step that has been released is never edited; what changes is a new step. All types are ones that
 * both dialects know.
 */
const MIGRATIONS: Readonly<Record<string, Migration>> = {
  '0001-receipts-feedback-tokens': {
    async up(db: Kysely<unknown>): Promise<void> {
      await db.schema
        .createTable('receipt')
        .addColumn('card_uuid', 'text', (column) => column.primaryKey().notNull())
        .addColumn('client_id', 'text', (column) => column.notNull())
        .addColumn('service', 'text', (column) => column.notNull())
        .addColumn('card_kind', 'text', (column) => column.notNull())
        .addColumn('issued_at_ms', 'bigint', (column) => column.notNull())
        .addColumn('open_criteria', 'text', (column) => column.notNull())
        .addColumn('body', 'text', (column) => column.notNull())
        .execute();
      // Serves retention, deletion and the pages of a report alike.
      await db.schema
        .createIndex('receipt_by_client')
        .on('receipt')
        .columns(['client_id', 'issued_at_ms', 'card_uuid'])
        .execute();
      await db.schema
        .createTable('feedback')
        .addColumn('feedback_key', 'text', (column) => column.primaryKey().notNull())
        .addColumn('card_uuid', 'text', (column) =>
          column.notNull().references('receipt.card_uuid').onDelete('cascade'),
        )
        .addColumn('outcome', 'text', (column) => column.notNull())
        .addColumn('outcome_at_ms', 'bigint', (column) => column.notNull())
        .addColumn('received_at_ms', 'bigint', (column) => column.notNull())
        .addColumn('position', 'integer', (column) => column.notNull())
        .addColumn('body', 'text', (column) => column.notNull())
        .execute();
      await db.schema.createIndex('feedback_by_card').on('feedback').columns(['card_uuid']).execute();
      await db.schema
        .createTable('token_claim')
        .addColumn('claim_key', 'text', (column) => column.primaryKey().notNull())
        .addColumn('expires_at_ms', 'bigint', (column) => column.notNull())
        .execute();
      await db.schema.createIndex('token_claim_by_expiry').on('token_claim').columns(['expires_at_ms']).execute();
    },
  },
};

const provider: MigrationProvider = { getMigrations: () => Promise.resolve({ ...MIGRATIONS }) };

/**
 * Brings the schema up to date, under the dialect's lock: several instances may do so at once.
 *
 * @throws SCHEMA_OF_A_NEWER_VERSION where the database has steps that are not known here
 */
export async function migrate(db: Kysely<Tables>): Promise<void> {
  const { error } = await new Migrator({ db, provider }).migrateToLatest();
  if (error instanceof Error && error.message.startsWith('corrupted migrations'))
    throw Object.assign(error, { code: 'SCHEMA_OF_A_NEWER_VERSION' });
  if (error !== undefined) throw error;
}
