import type { Kysely } from 'kysely'
import type { ColumnTypes } from '../column-types.ts'

const createIdentities = async (db: Kysely<unknown>, types: ColumnTypes): Promise<void> => {
  // Who somebody is at a provider of identities: its issuer and subject, which it never gives to another.
  await db.schema
    .createTable('identity')
    .addColumn('issuer', types.text, (column) => column.notNull())
    .addColumn('subject', types.text, (column) => column.notNull())
    .addColumn('account_id', types.bigint, (column) => column.notNull())
    .addColumn('created_at', types.bigint, (column) => column.notNull())
    .addPrimaryKeyConstraint('identity_key', ['issuer', 'subject'])
    .execute()
  await db.schema.createIndex('identity_by_account').on('identity').column('account_id').execute()
}

const createSignOns = async (db: Kysely<unknown>, types: ColumnTypes): Promise<void> => {
  // A visit to the provider that is under way.
  await db.schema
    .createTable('sign_on')
    .addColumn('state_hash', types.text, (column) => column.primaryKey())
    .addColumn('browser_hash', types.text, (column) => column.notNull())
    .addColumn('nonce', types.text, (column) => column.notNull())
    .addColumn('verifier', types.text, (column) => column.notNull())
    .addColumn('next', types.text, (column) => column.notNull())
    .addColumn('account_id', types.bigint)
    .addColumn('link_hash', types.text)
    .addColumn('expires_at', types.bigint, (column) => column.notNull())
    .execute()
}

export const up = async (db: Kysely<unknown>, types: ColumnTypes): Promise<void> => {
  await createIdentities(db, types)
  await createSignOns(db, types)
}
