import type { Kysely } from 'kysely'
import type { ColumnTypes } from '../column-types.ts'

// Uploaded files of services that have neither one folder nor a bucket.
export const up = async (db: Kysely<unknown>, types: ColumnTypes): Promise<void> => {
  await db.schema
    .createTable('blob')
    .addColumn('area', types.text, (column) => column.notNull())
    .addColumn('hash', types.text, (column) => column.notNull())
    .addColumn('stored_at', types.bigint, (column) => column.notNull())
    .addPrimaryKeyConstraint('blob_key', ['area', 'hash'])
    .execute()
  await db.schema.createIndex('blob_by_age').on('blob').columns(['area', 'stored_at']).execute()
  await db.schema
    .createTable('blob_part')
    .addColumn('area', types.text, (column) => column.notNull())
    .addColumn('hash', types.text, (column) => column.notNull())
    .addColumn('part', types.bigint, (column) => column.notNull())
    .addColumn('content', types.blob, (column) => column.notNull())
    .addPrimaryKeyConstraint('blob_part_key', ['area', 'hash', 'part'])
    .addForeignKeyConstraint('blob_part_of', ['area', 'hash'], 'blob', ['area', 'hash'], (key) =>
      key.onDelete('cascade'),
    )
    .execute()
}
