import type { Kysely } from 'kysely'
import type { ColumnTypes } from '../column-types.ts'

const createIdentities = async (db: Kysely<unknown>, types: ColumnTypes): Promise<void> => {
  // Who somebody is at a provider of identities: its issuer and subject, which it never gives to another.
  await db.schema
    .createTable('identity')
    .addColumn('issuer', 'text', (column) => column.notNull())
    .addColumn('subject', 'text', (column) => column.notNull())
    .addColumn('account_id', 'integer', (column) => column.notNull())
    .addColumn('created_at', types.bigint, (column) => column.notNull())
    .addPrimaryKeyConstraint('identity_key', ['issuer', 'subject'])
    .execute()
  await db.schema.createIndex('identity_by_account').on('identity').column('account_id').execute()
}

const createSignOns = async (db: Kysely<unknown>, types: ColumnTypes): Promise<void> => {
  // A visit to the provider that is under way.
  await db.schema
    .createTable('sign_on')
    .addColumn('state_hash', 'text', (column) => column.primaryKey())
    .addColumn('browser_hash', 'text', (column) => column.notNull())
    .addColumn('nonce', 'text', (column) => column.notNull())
    .addColumn('verifier', 'text', (column) => column.notNull())
    .addColumn('next', 'text', (column) => column.notNull())
    .addColumn('account_id', 'integer')
    .addColumn('link_hash', 'text')
    .addColumn('expires_at', types.bigint, (column) => column.notNull())
    .execute()
}

export const up = async (db: Kysely<unknown>, types: ColumnTypes): Promise<void> => {
  await createIdentities(db, types)
  await createSignOns(db, types)
}
