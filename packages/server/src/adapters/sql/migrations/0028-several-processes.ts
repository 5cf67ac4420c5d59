import type { Kysely } from 'kysely'
import type { ColumnTypes } from '../column-types.ts'

export const up = async (db: Kysely<unknown>, types: ColumnTypes): Promise<void> => {
  // Which process does what is to be done there, and until when nobody else does.
  for (const table of ['channel', 'ticket_system', 'regroup_job']) {
    await db.schema.alterTable(table).addColumn('claimed_by', types.text).execute()
    await db.schema
      .alterTable(table)
      .addColumn('claimed_until', types.bigint, (column) => column.notNull().defaultTo(0))
      .execute()
  }
  // Several inboxes may lead to one store, and several processes read one inbox. What was noted so far is of requests that
  // have left the inbox, unless the service was killed just before the upgrade: one batch could be counted twice then.
  await db.schema.dropTable('digested_item').execute()
  await db.schema
    .createTable('digested_item')
    .addColumn('inbox', types.text, (column) => column.notNull())
    .addColumn('item_id', types.bigint, (column) => column.notNull())
    .addColumn('reader', types.text, (column) => column.notNull())
    .addColumn('noted_at', types.bigint, (column) => column.notNull())
    .addPrimaryKeyConstraint('digested_item_key', ['inbox', 'item_id'])
    .execute()
  await db.schema.createIndex('digested_item_by_reader').on('digested_item').column('reader').execute()
}
